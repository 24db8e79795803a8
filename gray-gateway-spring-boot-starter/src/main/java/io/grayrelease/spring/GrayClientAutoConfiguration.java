package io.grayrelease.spring;

import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.gateway.TagHeaders;

/** What HTTP clients carry tags with; the application adds it to those that call its own services. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(TagHeaders.class)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayClientAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    GrayClientInterceptor grayClientInterceptor(TagHeaders written) {
        return new GrayClientInterceptor(written);
    }

    /** Where a WebClient is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.reactive.function.client.ExchangeFilterFunction")
    static class Reactive {
        @Bean
        @ConditionalOnMissingBean
        GrayExchangeFilter grayExchangeFilter(TagHeaders written) {
            return new GrayExchangeFilter(written);
        }
    }
}
