package io.grayrelease.dubbo.router;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.url.component.ServiceAddressURL;
import org.apache.dubbo.registry.client.InstanceAddressURL;
import org.apache.dubbo.rpc.Invoker;
import org.jspecify.annotations.Nullable;

import com.google.auto.value.AutoValue;

import io.grayrelease.dubbo.context.ProviderVersions;

/** What a route sees of a provider: its application and its version. There are few kinds among many providers. */
@AutoValue
public abstract class ProviderKind {
    private static final String APPLICATION_VERSION = "application.version";

    ProviderKind() {}

    static ProviderKind of(@Nullable String application, @Nullable String version) {
        return new AutoValue_ProviderKind(emptyToNull(application), emptyToNull(version));
    }

    /**
     * Reads what the provider registered. Plain {@code getParameter} would not do: it answers with the consumer's own
     * value first, and every service in the middle of a chain has a version of its own.
     *
     * @param anyVersion whether the consumer subscribes to more than one of Dubbo's service versions
     */
    public static ProviderKind of(Invoker<?> invoker, boolean anyVersion) {
        URL url = invoker.getUrl(); // may set the consumer URL of this thread, which the accessors below rely on
        String version = parameter(url, ProviderVersions.KEY);
        if (emptyToNull(version) == null) {
            version = parameter(url, APPLICATION_VERSION); // a provider without our jars
        }
        if (emptyToNull(version) == null && anyVersion) {
            version = url.getVersion();
        }
        return of(application(url), version);
    }

    /** Whether a consumer subscribes to more than one of Dubbo's service versions. */
    public static boolean isAnyVersion(URL consumer) {
        String version = consumer.getVersion();
        return version != null && (version.equals("*") || version.contains(","));
    }

    private static @Nullable String application(URL url) {
        String application = url.getRemoteApplication();
        return emptyToNull(application) == null ? url.getParameter(CommonConstants.APPLICATION_KEY) : application;
    }

    private static @Nullable String parameter(URL url, String key) {
        if (url instanceof InstanceAddressURL) {
            return instanceParameter((InstanceAddressURL) url, key);
        }
        return url instanceof ServiceAddressURL ? url.getUrlParam().getParameter(key) : url.getParameter(key);
    }

    private static @Nullable String instanceParameter(InstanceAddressURL url, String key) {
        String service = url.getProtocolServiceKey();
        String value = url.getMetadataInfo() == null || emptyToNull(service) == null
                ? null
                : url.getMetadataInfo().getParameter(key, service);
        return emptyToNull(value) == null ? url.getInstance().getMetadata(key) : value;
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The application that provides, if it is known. */
    public abstract @Nullable String application();

    /** The version that the provider registered, if it did. */
    public abstract @Nullable String version();
}
