package io.grayrelease.dubbo.context.testkit;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * {@link CleanThreads#assertClean} after every test of a class, by {@code @ExtendWith(CleanThreadsExtension.class)}. The
 * executors in the fields of the test class are looked at before {@code @AfterEach} can shut them down, the thread of
 * the test after it. A thread of the test that is not clean is cleaned, so that it fails one test only.
 */
public final class CleanThreadsExtension implements AfterTestExecutionCallback, AfterEachCallback {
    @Override
    public void afterTestExecution(ExtensionContext test) throws IllegalAccessException {
        Set<Executor> executors = new LinkedHashSet<>(); // a pool may stand in one field bare, in another wrapped
        for (Object instance : test.getRequiredTestInstances().getAllInstances()) {
            addExecutors(executors, instance);
        }
        List<String> problems = new ArrayList<>();
        for (Executor executor : executors) {
            problems.addAll(CleanThreads.remains(executor));
        }
        CleanThreads.throwIfAny(problems);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        try {
            CleanThreads.assertClean();
        } catch (AssertionError left) {
            CleanThreads.clean();
            throw left;
        }
    }

    private static void addExecutors(Set<Executor> executors, Object instance) throws IllegalAccessException {
        for (Class<?> type = instance.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Executor.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    addIfRunning(executors, (Executor) field.get(instance));
                }
            }
        }
    }

    private static void addIfRunning(Set<Executor> executors, Executor executor) {
        if (executor != null) {
            Executor bare = CleanThreads.bare(executor);
            if (!(bare instanceof ExecutorService) || !((ExecutorService) bare).isShutdown()) {
                executors.add(bare);
            }
        }
    }
}
