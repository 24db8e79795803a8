package io.grayrelease.spring;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import jakarta.servlet.http.HttpServletRequest;

/**
 * A bean of the application that knows the uid of a request, as from who is logged in; null where it does not know. Without it
 * the uid is the name of the request's principal, else what {@code gray.entry.uid-sources} find.
 */
public interface ServletUid extends Function<HttpServletRequest, @Nullable String> {}
