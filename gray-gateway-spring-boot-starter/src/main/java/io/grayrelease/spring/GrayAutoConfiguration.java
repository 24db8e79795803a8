package io.grayrelease.spring;

import java.util.Objects;

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
        sayStart(settings, policies);
        return Entry.of(settings, policies::current, policies::decided);
    }

    private static void sayStart(EntrySettings settings, GrayPolicies policies) {
        String entry = settings.role() + ", uid from " + settings.uidSources();
        String absence = policies.absence();
        if (absence.isEmpty()) {
            LOG.info("gray: HTTP entry active, {}, policy from {}", entry, policies.source());
        } else if (absence.equals(GrayPolicies.SWITCHED_OFF)) {
            LOG.info("gray: HTTP entry {}, {}: no request is decided", absence, entry);
        } else {
            LOG.warn("gray: HTTP entry active, {}, but no request is decided: {}", entry, absence);
        }
    }

    @Bean
    @ConditionalOnMissingBean
    TagHeaders grayTagHeaders(EntrySettings settings) {
        return TagHeaders.signedBy(settings.signer());
    }

    private static GraySettings settings(Environment environment) {
        String application = environment.getProperty("spring.application.name", "application");
        try {
            return GraySettings.read(application, environment::getProperty, name -> written(name, environment));
        } catch (IllegalArgumentException e) {
            throw new WrongProperty(String.valueOf(e.getMessage()), e);
        }
    }

    /** The settings are read as Dubbo reads them; most are written as {@code gray.*} and handed on. */
    private static String written(String name, Environment environment) {
        String handedOn = name.substring("dubbo.".length());
        return Objects.equals(environment.getProperty(name), environment.getProperty(handedOn)) ? handedOn : name;
    }

    /** Where Dubbo may be there. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.apache.dubbo.rpc.model.ApplicationModel")
    static class WithDubbo {
        @Bean
        @ConditionalOnMissingBean
        GrayPolicies grayPolicies(ObjectProvider<ApplicationModel> models, Environment environment) {
            ApplicationModel model = models.getIfUnique();
            GraySettings settings = settings(environment); // with Dubbo only checked, before it reads its own
            return model == null ? OwnPolicies.start(settings) : new DubboPolicies(model, settings.enabled());
        }
    }

    /** Where it is not. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.apache.dubbo.rpc.model.ApplicationModel")
    static class WithoutDubbo {
        @Bean
        @ConditionalOnMissingBean
        GrayPolicies grayPolicies(Environment environment) {
            return OwnPolicies.start(settings(environment));
        }
    }
}
