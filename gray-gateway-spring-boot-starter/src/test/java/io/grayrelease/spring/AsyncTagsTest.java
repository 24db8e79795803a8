package io.grayrelease.spring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import io.grayrelease.dubbo.context.GrayContext;

import static org.assertj.core.api.Assertions.assertThat;

/** In a real Tomcat, with one thread for what controllers return. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsyncTagsTest {
    private RunningApp app;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        app = RunningApp.start(
                WebApplicationType.SERVLET,
                App.class,
                folder,
                "spring.task.execution.pool.core-size=1",
                "spring.task.execution.thread-name-prefix=own-");
    }

    @AfterAll
    void stop() {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callable", "/task", "/stream", "/shared"})
    void whatAControllerReturns_isHandledForTheRequest(String path) {
        assertThat(app.get(path, "x-uid", "1001")).isEqualTo("gray of 1001 on own-1");
        assertThat(app.get(path, "x-uid", "7")).isEqualTo("- of 7 on own-1");
    }

    @RepeatedTest(3)
    void itsThreadKeepsNothing() throws ExecutionException, InterruptedException {
        app.get("/callable", "x-uid", "1001");
        app.get("/broken", "x-uid", "1001");

        AsyncTaskExecutor executor = app.context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
        assertThat(executor.submit(GrayContext::current).get()).isEqualTo(GrayContext.NONE);
    }

    @Test
    void aFault_isTheApplications() {
        assertThat(app.response("/broken", "x-uid", "1001").statusCode()).isEqualTo(500);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class App {
        private static final Callable<String> SHARED = App::seen;

        private static String seen() {
            GrayContext context = GrayContext.current();
            return context.tags().text() + " of " + context.uid().orElse(null) + " on "
                    + Thread.currentThread().getName();
        }

        @GetMapping("/callable")
        Callable<String> callable() {
            return () -> seen();
        }

        @GetMapping("/shared")
        Callable<String> shared() {
            return SHARED;
        }

        @GetMapping("/broken")
        Callable<String> broken() {
            return () -> {
                throw new IllegalStateException("broken");
            };
        }

        @GetMapping("/task")
        WebAsyncTask<String> task() {
            return new WebAsyncTask<>(App::seen);
        }

        @GetMapping("/stream")
        StreamingResponseBody stream() {
            return out -> out.write(seen().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
