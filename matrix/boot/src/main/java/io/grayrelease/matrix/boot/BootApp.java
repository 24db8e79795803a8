package io.grayrelease.matrix.boot;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.apache.dubbo.config.annotation.DubboService;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.grayrelease.matrix.app.Control;
import io.grayrelease.matrix.app.Local;
import io.grayrelease.matrix.app.Next;
import io.grayrelease.matrix.app.Seen;
import io.grayrelease.matrix.app.Served;
import io.grayrelease.matrix.app.Settings;

/** A process of the matrix like {@code MatrixApp}; settings in application.yml, services and references by annotation. */
@EnableDubbo
@SpringBootApplication(proxyBeanMethods = false)
public class BootApp {
    public static void main(String[] arguments) throws IOException {
        try {
            ConfigurableApplicationContext context = SpringApplication.run(BootApp.class, arguments);
            Control control = Control.start(
                    context.getBean(Seen.class),
                    context.getBean(Next.class),
                    context.getBean(Settings.class).withGray());
            control.sayReady();
            control.awaitEndOfInput();
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(BootApp.class).error("not started", e);
        }
        Runtime.getRuntime().halt(0); // Dubbo's threads would outlive a failed start
    }

    @Bean
    Settings settings() {
        return Settings.read();
    }

    @Bean
    Seen seen(Settings settings) {
        return new Seen(settings.process(), settings.withGray());
    }

    @Bean
    Next next(Settings settings, Seen seen) {
        return Next.after(settings.name(), seen, settings.withGray());
    }

    @Bean
    @DubboService(interfaceClass = Local.class, scope = "local")
    Local local(Settings settings, Seen seen, Next next) {
        return new Served(seen, settings.name() + " local", next);
    }

    @Bean
    Executor ownPool() {
        return Executors.newFixedThreadPool(2);
    }
}
