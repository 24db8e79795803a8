package io.grayrelease.spring;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import io.grayrelease.dubbo.context.GraySettings;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.TagHeaders;

/** The HTTP entry of a web application, whatever its server. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "gray.entry.enabled", matchIfMissing = true)
@EnableConfigurationProperties(GrayProperties.class)
public class GrayAutoConfiguration {
    /** Next after Spring Security, -100, so that it is known who is logged in. */
    static final int ORDER = -99;

    private static final Logger LOG = LoggerFactory.getLogger(GrayAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    EntrySettings grayEntrySettings(GrayProperties properties) {
        return properties.getEntry().settings();
    }

    @Bean
    @ConditionalOnMissingBean
    Entry grayEntry(EntrySettings settings, GrayPolicies policies) {
        LOG.info(
                "gray: HTTP entry active, {}, uid from {}, policy from {}",
                settings.role(),
                settings.uidSources(),
                policies.source());
        return Entry.of(settings, policies::current, policies::decided);
    }

    @Bean
    @ConditionalOnMissingBean
    TagHeaders grayTagHeaders(EntrySettings settings) {
        return TagHeaders.signedBy(settings.signer());
    }

    private static GrayPolicies own(Environment environment) {
        String application = environment.getProperty("spring.application.name", "application");
        return OwnPolicies.start(GraySettings.read(application, environment::getProperty));
    }

    /** Where Dubbo may be there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.apache.dubbo.rpc.model.ApplicationModel")
    static class WithDubbo {
        @Bean
        @ConditionalOnMissingBean
        GrayPolicies grayPolicies(ObjectProvider<ApplicationModel> models, Environment environment) {
            ApplicationModel model = models.getIfUnique();
            return model == null ? own(environment) : new DubboPolicies(model);
        }
    }

    /** Where it is not. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.apache.dubbo.rpc.model.ApplicationModel")
    static class WithoutDubbo {
        @Bean
        @ConditionalOnMissingBean
        GrayPolicies grayPolicies(Environment environment) {
            return own(environment);
        }
    }
}
