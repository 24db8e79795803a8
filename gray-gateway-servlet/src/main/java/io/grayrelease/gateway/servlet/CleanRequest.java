package io.grayrelease.gateway.servlet;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.ForgeableNames;

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
        return ForgeableNames.contain(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return ForgeableNames.contain(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames()).stream()
                .filter(name -> !ForgeableNames.contain(name))
                .collect(Collectors.toList());
        return Collections.enumeration(names);
    }
}
