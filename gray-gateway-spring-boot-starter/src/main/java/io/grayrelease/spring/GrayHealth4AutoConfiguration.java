package io.grayrelease.spring;

import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The health detail {@code gray} in Spring Boot 4, which has its own health. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
@ConditionalOnBean(GrayPolicies.class)
@ConditionalOnProperty(name = "management.health.gray.enabled", matchIfMissing = true)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayHealth4AutoConfiguration {
    @Bean
    PolicyHealth4 grayHealthIndicator(GrayPolicies policies) {
        return new PolicyHealth4(policies);
    }
}
