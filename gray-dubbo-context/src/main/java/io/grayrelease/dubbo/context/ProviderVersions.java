package io.grayrelease.dubbo.context;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.dubbo.config.AbstractMethodConfig;
import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.jspecify.annotations.Nullable;

/** Which version a provider registers: the first place that says one. */
public final class ProviderVersions {
    /** The URL parameter and the key of the instance metadata. */
    public static final String KEY = "gray.version";

    private ProviderVersions() {}

    /**
     * The version of one service: URL parameter {@code gray.version} (service before provider before application), then
     * what the application as a whole says.
     */
    static @Nullable String of(ServiceConfig<?> service, GraySettings settings) {
        String parameter = parameter(service);
        return parameter != null ? parameter : of(service.getApplication(), settings);
    }

    /** The version of an application: {@code dubbo.gray.version}, then {@code dubbo.application.version}. */
    static @Nullable String of(@Nullable ApplicationConfig application, GraySettings settings) {
        if (settings.version() != null) {
            return settings.version();
        }
        String version = application == null ? null : application.getVersion();
        return version == null || version.isEmpty() ? null : version;
    }

    private static @Nullable String parameter(ServiceConfig<?> service) {
        ApplicationConfig application = service.getApplication();
        return Stream.of(
                        parameters(service),
                        parameters(service.getProvider()),
                        application == null ? null : application.getParameters())
                .filter(Objects::nonNull)
                .map(parameters -> parameters.get(KEY))
                .filter(version -> version != null && !version.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Map<String, String> parameters(@Nullable AbstractMethodConfig config) {
        return config == null ? null : config.getParameters();
    }
}
