package io.grayrelease.dubbo.context;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import org.apache.dubbo.rpc.RpcContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static io.grayrelease.dubbo.context.OtherThreads.GRAY;
import static io.grayrelease.dubbo.context.OtherThreads.leftOn;
import static io.grayrelease.dubbo.context.OtherThreads.serve;
import static org.assertj.core.api.Assertions.assertThat;

/** Spring's task decorator on our accessor. */
class SpringTest {
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext(Config.class);
    private final ThreadPoolTaskExecutor executor = spring.getBean(ThreadPoolTaskExecutor.class);
    private final Callable<GrayContext> current = GrayContext::current;

    @AfterEach
    void clean() {
        spring.close();
        RpcContext.removeContext();
    }

    @Test
    void taskExecutor_carriesTheServedRequest() throws Exception {
        serve();
        assertThat(executor.submit(current).get()).isEqualTo(GRAY);
        RpcContext.removeContext();
        assertThat(executor.submit(current).get()).isEqualTo(GrayContext.NONE);
        assertThat(leftOn(executor.getThreadPoolExecutor())).isEqualTo(GrayContext.NONE);
    }

    @Test
    void async_carriesWhatIsOpened() throws Exception {
        Service service = spring.getBean(Service.class);
        try (GrayContext.Scope scope = GrayContext.open(GRAY)) {
            assertThat(service.current().get()).isEqualTo(GRAY);
        }
        assertThat(service.current().get()).isEqualTo(GrayContext.NONE);
    }

    @Configuration
    @EnableAsync
    static class Config {
        @Bean
        ThreadPoolTaskExecutor taskExecutor() {
            ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
            executor.setCorePoolSize(1);
            executor.setTaskDecorator(new ContextPropagatingTaskDecorator());
            return executor;
        }

        @Bean
        Service service() {
            return new Service();
        }
    }

    static class Service {
        @Async
        CompletableFuture<GrayContext> current() {
            assertThat(Thread.currentThread().getName()).startsWith("taskExecutor-");
            return CompletableFuture.completedFuture(GrayContext.current());
        }
    }
}
