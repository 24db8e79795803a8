package io.grayrelease.gateway.servlet;

import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.grayrelease.gateway.HttpHead;

import jakarta.servlet.http.HttpServletRequest;

/** The head of a servlet request. */
final class ServletHead implements HttpHead {
    private final HttpServletRequest request;

    ServletHead(HttpServletRequest request) {
        this.request = request;
    }

    @Override
    public List<String> headers(String name) {
        return list(request.getHeaders(name));
    }

    @Override
    public Collection<String> names() {
        return list(request.getHeaderNames());
    }

    /** Empty for null: the specification lets a container answer so. */
    static List<String> list(@Nullable Enumeration<String> found) {
        return found == null ? Collections.emptyList() : Collections.list(found);
    }

    @Override
    public @Nullable String query() {
        return request.getQueryString();
    }

    @Override
    public String peer() {
        return request.getRemoteAddr();
    }
}
