package io.grayrelease.dubbo.context.messaging;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Carries the context in the headers of Kafka's records. Stateless; never throws on what a record carries.
 *
 * <pre>{@code
 * GrayKafka.inject(record.headers()); // producer, before send(record)
 * try (GrayContext.Scope s = GrayContext.open(GrayKafka.extract(record.headers()))) { // consumer, for each record
 *     orders.list(); // goes where the sender's request would have gone
 * }
 * }</pre>
 */
public final class GrayKafka {
    private GrayKafka() {}

    /**
     * Writes the current context in place of an earlier uid. It leaves the headers as they are where there is no
     * context, where the sender has set {@link GrayPropagator#TAG} itself, and where the record has been sent before,
     * which makes its headers read-only.
     */
    public static void inject(Headers headers) {
        Map<String, String> values = new HashMap<>();
        GrayPropagator.inject(GrayContext.current(), values::put);
        if (values.isEmpty() || last(headers, GrayPropagator.TAG) != null) {
            return;
        }
        try {
            headers.remove(GrayPropagator.TAG); // one without a value
            headers.remove(GrayPropagator.UID);
            values.forEach((key, value) -> headers.add(key, value.getBytes(UTF_8)));
        } catch (IllegalStateException readOnly) {
            // A lost tag is better than a lost message.
        }
    }

    /** The context that a record carries; the last header of a key wins, and one without a value is none. */
    public static GrayContext extract(Headers headers) {
        return GrayPropagator.extract(key -> last(headers, key));
    }

    private static @Nullable String last(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, UTF_8);
    }
}
