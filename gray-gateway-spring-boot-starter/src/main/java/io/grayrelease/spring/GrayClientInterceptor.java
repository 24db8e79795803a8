package io.grayrelease.spring;

import java.io.IOException;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.policy.model.Baggage;

/**
 * Writes the tags of the current request on HTTP requests to services of our own. Add it to the RestTemplate or RestClient that
 * calls those, and to no other: whoever is called can read them. Thread-safe.
 */
public final class GrayClientInterceptor implements ClientHttpRequestInterceptor {
    private final TagHeaders written;

    public GrayClientInterceptor(TagHeaders written) {
        this.written = written;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        GrayContext context = GrayContext.current();
        if (context.isDecided()) {
            written.write(
                    context.tags(), request.getHeaders().getValuesAsList(Baggage.HEADER), request.getHeaders()::set);
        }
        return execution.execute(request, body);
    }
}
