package io.grayrelease.spring;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.TraceBaggage;

/**
 * Carries the tags of a request to the thread on which Spring MVC handles what a controller returns: a Callable, a WebAsyncTask, a
 * StreamingResponseBody. Thread-safe.
 */
final class AsyncTags implements WebMvcConfigurer, CallableProcessingInterceptor {
    /** By request, which has no equal but itself; not in its attributes, since a server may use them for another when it is late. */
    private final Map<NativeWebRequest, GrayContext> handedOver = Collections.synchronizedMap(new WeakHashMap<>());

    @SuppressWarnings("ThreadLocalUsage") // of this one: another, of another context, opens and closes its own
    private final ThreadLocal<@Nullable Opened> opened = new ThreadLocal<>();

    @Override
    public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
        configurer.registerCallableInterceptors(this);
    }

    @Override
    public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
        handedOver.put(request, GrayContext.current());
    }

    @Override
    public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
        GrayContext context = handedOver.remove(request);
        if (context != null) {
            opened.set(new Opened(context));
        }
    }

    /** On the thread of {@link #preProcess}, whatever the task did. */
    @Override
    public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
        Opened mine = opened.get();
        if (mine != null) {
            opened.remove();
            mine.close();
        }
    }

    /** What is current on a thread while it handles a task. */
    private static final class Opened {
        private final GrayContext.Scope kept;
        private final TraceBaggage.Scope traced;

        Opened(GrayContext context) {
            this.kept = GrayContext.open(context);
            this.traced = TraceBaggage.open(context.isDecided() ? context.tags() : null);
        }

        void close() {
            traced.close();
            kept.close();
        }
    }
}
