package io.grayrelease.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Hands the properties {@code gray.*} on to Dubbo, before it reads its own. A property {@code dubbo.gray.*} that is set besides
 * comes first.
 */
public final class DubboProperties implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    private static final String SOURCE = "gray for dubbo";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        GrayProperties gray = Binder.get(event.getEnvironment())
                .bind("gray", GrayProperties.class)
                .orElseGet(GrayProperties::new);
        event.getEnvironment().getPropertySources().addLast(new MapPropertySource(SOURCE, of(gray)));
    }

    private static Map<String, Object> of(GrayProperties gray) {
        Map<String, Object> dubbo = new LinkedHashMap<>();
        put(dubbo, "enabled", gray.getEnabled());
        put(dubbo, "source", gray.getSource());
        put(dubbo, "namespace", gray.getNamespace());
        put(dubbo, "uid-keys", list(gray.getUidKeys()));
        put(dubbo, "cache-dir", gray.getCacheDir());
        put(dubbo, "version", gray.getVersion());
        put(dubbo, "signing-keys", list(gray.getEntry().getSigningKeys()));
        put(dubbo, "signature-life", gray.getEntry().getSignatureLife());
        return dubbo;
    }

    private static @Nullable String list(List<String> values) {
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static void put(Map<String, Object> dubbo, String name, @Nullable Object value) {
        if (value != null) {
            dubbo.put("dubbo.gray." + name, value.toString());
        }
    }

    /** After those that read the application's files. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
