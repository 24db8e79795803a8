package io.grayrelease.gateway.servlet;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.policy.model.Baggage;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request without the headers by which somebody outside could choose a version: the application may copy what it sees to where
 * it is believed.
 */
final class CleanRequest extends HttpServletRequestWrapper {
    CleanRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
        Enumeration<String> values = getHeaders(name);
        return values.hasMoreElements() ? values.nextElement() : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (ForgeableNames.contain(name)) {
            return Collections.emptyEnumeration();
        }
        return Baggage.HEADER.equalsIgnoreCase(name) ? baggage(super.getHeaders(name)) : super.getHeaders(name);
    }

    private static Enumeration<String> baggage(Enumeration<String> headers) {
        String others = Baggage.without(Collections.list(headers));
        return others == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(others));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames()).stream()
                .filter(name -> getHeaders(name).hasMoreElements())
                .collect(Collectors.toList());
        return Collections.enumeration(names);
    }
}
