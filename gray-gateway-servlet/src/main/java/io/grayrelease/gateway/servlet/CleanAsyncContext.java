package io.grayrelease.gateway.servlet;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;

/** The container's, with its own request only as a {@link CleanRequest}. */
final class CleanAsyncContext implements AsyncContext {
    private final AsyncContext async;

    CleanAsyncContext(AsyncContext async) {
        this.async = async;
    }

    /** One that the application has handed in is what it was given by us, or its own. */
    @Override
    public ServletRequest getRequest() {
        ServletRequest request = async.getRequest();
        return async.hasOriginalRequestAndResponse() && request instanceof HttpServletRequest
                ? new CleanRequest((HttpServletRequest) request)
                : request;
    }

    @Override
    public ServletResponse getResponse() {
        return async.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return async.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        async.dispatch();
    }

    @Override
    public void dispatch(String path) {
        async.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        async.dispatch(context, path);
    }

    @Override
    public void complete() {
        async.complete();
    }

    @Override
    public void start(Runnable run) {
        async.start(run);
    }

    @Override
    public void addListener(AsyncListener listener) {
        async.addListener(new Listener(listener, null, null));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        async.addListener(new Listener(listener, request, response));
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return async.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        async.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return async.getTimeout();
    }

    /** Told of events of ours: those of the container have its own request. */
    private final class Listener implements AsyncListener {
        private final AsyncListener told;
        private final @Nullable ServletRequest request;
        private final @Nullable ServletResponse response;

        Listener(AsyncListener told, @Nullable ServletRequest request, @Nullable ServletResponse response) {
            this.told = told;
            this.request = request;
            this.response = response;
        }

        private AsyncEvent clean(AsyncEvent event) {
            return new AsyncEvent(CleanAsyncContext.this, request, response, event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            told.onComplete(clean(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            told.onTimeout(clean(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            told.onError(clean(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            told.onStartAsync(clean(event));
        }
    }
}
