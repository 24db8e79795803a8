package io.grayrelease.spring;

import java.util.EnumSet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigureAfter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.servlet.GrayServletFilter;

import jakarta.servlet.DispatcherType;

/** The entry of a servlet application. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Entry.class)
@AutoConfigureAfter(GrayAutoConfiguration.class)
public class GrayServletAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean(name = "grayServletFilter")
    FilterRegistrationBean<GrayServletFilter> grayServletFilter(Entry entry, ObjectProvider<ServletUid> uids) {
        ServletUid uid = uids.getIfAvailable();
        FilterRegistrationBean<GrayServletFilter> registration = new FilterRegistrationBean<>(
                uid == null ? new GrayServletFilter(entry) : new GrayServletFilter(entry, uid));
        registration.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        registration.setOrder(GrayAutoConfiguration.ORDER);
        return registration;
    }

    /** Where Spring MVC is there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.web.servlet.config.annotation.WebMvcConfigurer")
    static class WithMvc {
        @Bean
        AsyncTags grayAsyncTags() {
            return new AsyncTags();
        }
    }
}
