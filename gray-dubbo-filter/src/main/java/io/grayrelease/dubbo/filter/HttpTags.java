package io.grayrelease.dubbo.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.dubbo.rpc.Invocation;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;

/** The tags of a call that came over HTTP, or through services without our jars: Triple makes an attachment of every header. */
final class HttpTags {
    private HttpTags() {}

    /** What the header, else the baggage says; null if neither does. */
    static @Nullable Tags of(Invocation received) {
        List<String> headers = values(received, GrayPropagator.HEADER);
        String text = headers.isEmpty() ? Baggage.tag(values(received, Baggage.HEADER)) : headers.get(0);
        return text == null ? null : GrayPropagator.tags(text);
    }

    private static List<String> values(Invocation received, String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, Object> entry : received.getObjectAttachments().entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey()) && entry.getValue() instanceof String) {
                values.add((String) entry.getValue());
            }
        }
        return values;
    }
}
