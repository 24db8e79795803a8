package io.grayrelease.spring;

import java.io.IOException;
import java.nio.file.Path;

import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.config.annotation.DubboService;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.GrayContext;

import static org.assertj.core.api.Assertions.assertThat;

class DubboStarterTest {
    @Test
    void dubboAndTheEntryHaveOnePolicy(@TempDir Path folder) throws IOException {
        try (RunningApp app = RunningApp.start(
                WebApplicationType.SERVLET,
                App.class,
                folder,
                "gray.version=2.0.0",
                "dubbo.application.name=shop",
                "dubbo.application.qos-enable=false",
                "dubbo.protocol.name=tri",
                "dubbo.protocol.port=-1",
                "dubbo.registry.address=N/A")) {
            GrayApplication gray = GrayApplication.find(app.context.getBean(ApplicationModel.class));
            assertThat(gray).isNotNull();
            assertThat(gray.settings().version()).isEqualTo("2.0.0");
            assertThat(gray.policy()).isNotNull();
            assertThat(app.context.getBean(GrayPolicies.class).current()).isSameAs(gray.policy());
            assertThat(app.get("/seen", "x-uid", "1001")).isEqualTo("gray");
            ServiceConfig<?> service = app.context.getBean(ServiceConfig.class);
            assertThat(service.getExportedUrls()).isNotEmpty().allSatisfy(url -> assertThat(
                            url.getParameter("gray.version"))
                    .isEqualTo("2.0.0"));
        }
    }

    @Test
    void reactorThatHandsOnNoContext_isWarnedOf_andSwitchedOffIsSaid() throws Exception {
        try (Output output = Output.capture();
                RunningApp app = RunningApp.startBare(
                        WebApplicationType.REACTIVE,
                        App.class,
                        "gray.enabled=false",
                        "dubbo.application.name=shop",
                        "dubbo.application.qos-enable=false",
                        "dubbo.protocol.name=tri",
                        "dubbo.protocol.port=-1",
                        "dubbo.registry.address=N/A")) {
            assertThat(output.text())
                    .containsPattern("WARN .*gray: Dubbo calls in Reactor's operators carry no tags")
                    .contains("gray: HTTP entry switched off by gray.enabled");
            assertThat(app.get("/actuator/gray")).contains("\"why\":\"switched off by gray.enabled");
        }
    }

    /** What the service offers. */
    public interface Greeting {
        String greet(String name);
    }

    /** The service. */
    @DubboService
    public static class Hello implements Greeting {
        @Override
        public String greet(String name) {
            return "hello " + name;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableDubbo
    @RestController
    static class App {
        @GetMapping("/seen")
        String seen() {
            return GrayContext.current().tags().text();
        }
    }
}
