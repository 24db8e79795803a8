package io.grayrelease.gateway.servlet;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.policy.model.Baggage;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
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

    /** Not of this request, but of the container's: with another one, it would dispatch elsewhere behind a forward. */
    @Override
    public AsyncContext startAsync() {
        return new CleanAsyncContext(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return new CleanAsyncContext(super.startAsync(request, response));
    }

    @Override
    public AsyncContext getAsyncContext() {
        return new CleanAsyncContext(super.getAsyncContext());
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (ForgeableNames.contain(name)) {
            return null;
        }
        return Baggage.HEADER.equalsIgnoreCase(name) ? baggage() : super.getHeader(name);
    }

    @Override
    public int getIntHeader(String name) {
        return getHeader(name) == null ? -1 : super.getIntHeader(name);
    }

    @Override
    public long getDateHeader(String name) {
        return getHeader(name) == null ? -1 : super.getDateHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (ForgeableNames.contain(name)) {
            return Collections.emptyEnumeration();
        }
        return Baggage.HEADER.equalsIgnoreCase(name) ? baggages() : super.getHeaders(name);
    }

    private @Nullable String baggage() {
        return Baggage.without(ServletHead.list(super.getHeaders(Baggage.HEADER)));
    }

    private Enumeration<String> baggages() {
        String others = baggage();
        return others == null ? Collections.emptyEnumeration() : Collections.enumeration(Collections.singleton(others));
    }

    @Override
    public Map<String, String> getTrailerFields() {
        Map<String, String> fields = new HashMap<>(super.getTrailerFields());
        fields.keySet().removeIf(name -> ForgeableNames.contain(name) || Baggage.HEADER.equalsIgnoreCase(name));
        return fields;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = ServletHead.list(super.getHeaderNames()).stream()
                .filter(name -> getHeader(name) != null)
                .collect(Collectors.toList());
        return Collections.enumeration(names);
    }
}
