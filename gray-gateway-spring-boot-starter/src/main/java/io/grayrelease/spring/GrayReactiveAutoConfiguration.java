package io.grayrelease.spring;

import java.security.Principal;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.TagHeaders;
import io.grayrelease.gateway.webflux.GrayWebFilter;
import io.grayrelease.gateway.webflux.ReactorThreads;

/** The entry of a reactive application, and of Spring Cloud Gateway. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBean(Entry.class)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayReactiveAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(GrayReactiveAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    @Order(GrayAutoConfiguration.ORDER)
    GrayWebFilter grayWebFilter(Entry entry, TagHeaders written, ObjectProvider<ReactiveUid> uids) {
        ReactiveUid uid =
                uids.getIfAvailable(() -> exchange -> exchange.getPrincipal().map(Principal::getName));
        return new GrayWebFilter(entry, written, uid);
    }

    /** Where Dubbo may be there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.apache.dubbo.rpc.model.ApplicationModel")
    static class WithDubbo {
        /** When all beans are there: one of them may have told Reactor to hand on contexts. */
        @Bean
        SmartInitializingSingleton grayReactorCheck(ObjectProvider<ApplicationModel> models) {
            return () -> {
                if (models.getIfUnique() != null && !ReactorThreads.haveContext()) {
                    LOG.warn(
                            "gray: Dubbo calls in Reactor's operators carry no tags, unless their code opens the context: for "
                                    + "all of them, add io.micrometer:context-propagation and "
                                    + "spring.reactor.context-propagation=auto (Spring Boot 3.2 and newer)");
                }
            };
        }
    }
}
