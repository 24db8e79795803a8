package io.grayrelease.dubbo.context;

import java.util.Map;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProviderConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderVersionsTest {
    private final FrameworkModel framework = new FrameworkModel();
    private final ApplicationModel model = framework.newApplication();
    private final ApplicationConfig application = new ApplicationConfig(model, "order-app");
    private final ProviderConfig provider = new ProviderConfig(model.getDefaultModule());
    private final ServiceConfig<Object> service = new ServiceConfig<>(model.getDefaultModule());

    @BeforeEach
    void configure() {
        model.getApplicationConfigManager().setApplication(application);
        service.setProvider(provider);
    }

    @AfterEach
    void destroy() {
        framework.destroy();
    }

    private String version(String property) {
        return ProviderVersions.of(
                service, GraySettings.read("order-app", key -> key.equals("dubbo.gray.version") ? property : null));
    }

    @Test
    void nothing_isNull() {
        assertThat(version(null)).isNull();
    }

    @Test
    void places_areReadInOrder() {
        application.setVersion("4");
        assertThat(version(null)).isEqualTo("4");
        assertThat(version("3")).isEqualTo("3");
        application.setParameters(Map.of("gray.version", "2"));
        assertThat(version("3")).isEqualTo("2");
        provider.setParameters(Map.of("gray.version", "1"));
        assertThat(version("3")).isEqualTo("1");
        service.setParameters(Map.of("gray.version", "0"));
        assertThat(version("3")).isEqualTo("0");
    }
}
