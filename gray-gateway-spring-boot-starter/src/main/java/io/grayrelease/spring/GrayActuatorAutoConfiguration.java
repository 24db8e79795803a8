package io.grayrelease.spring;

import java.util.Locale;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;

/** The endpoint {@code gray}, the health detail {@code gray} and the entry's metrics, where the application has Actuator. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(Entry.class)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayActuatorAutoConfiguration {
    /** The endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint")
    static class WithEndpoint {
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint(endpoint = GrayEndpoint.class)
        GrayEndpoint grayEndpoint(GrayPolicies policies, EntrySettings settings, Entry entry) {
            return new GrayEndpoint(policies, settings, entry);
        }

        /** Hides the signing keys in the endpoints {@code env} and {@code configprops}, whichever way they are spelt there. */
        @Bean
        SanitizingFunction graySanitizingFunction() {
            return data -> data.getKey()
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z]", "")
                            .contains("signingkeys")
                    ? data.withValue(SanitizableData.SANITIZED_VALUE)
                    : data;
        }
    }

    /** The metrics. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
    static class WithMetrics {
        @Bean
        @ConditionalOnMissingBean
        EntryMetrics grayEntryMetrics(Entry entry) {
            return new EntryMetrics(entry.counts());
        }
    }

    /** The health of Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
    @ConditionalOnProperty(name = "management.health.gray.enabled", matchIfMissing = true)
    static class WithHealth {
        @Bean
        PolicyHealth grayHealthIndicator(GrayPolicies policies) {
            return new PolicyHealth(policies);
        }
    }
}
