package io.grayrelease.spring;

import java.security.Principal;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.gateway.webflux.GrayWebFilter;

/** The entry of a reactive application, and of Spring Cloud Gateway. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(Entry.class)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayReactiveAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @Order(GrayAutoConfiguration.ORDER)
    GrayWebFilter grayWebFilter(Entry entry, TagHeaders written, ObjectProvider<ReactiveUid> uids) {
        ReactiveUid uid =
                uids.getIfAvailable(() -> exchange -> exchange.getPrincipal().map(Principal::getName));
        return new GrayWebFilter(entry, written, uid);
    }
}
