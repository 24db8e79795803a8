package io.grayrelease.matrix.boot;

import org.apache.dubbo.config.annotation.DubboService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.matrix.app.Middle;
import io.grayrelease.matrix.app.Rest;
import io.grayrelease.matrix.app.RestServed;

/** What the middle service provides besides the plain one, by methods with annotations. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "matrix.name", havingValue = "middle")
class MiddleServices {
    @Bean
    @DubboService(interfaceClass = Middle.class, group = "versioned", version = "${matrix.version}")
    Middle versioned(PlainMiddle plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Middle.class, group = "east")
    Middle east(PlainMiddle plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Middle.class, group = "west")
    Middle west(PlainMiddle plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Middle.class, group = "lone")
    Middle lone(PlainMiddle plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Middle.class, group = "executor", executor = "ownPool")
    Middle executor(PlainMiddle plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Rest.class, protocol = "tri")
    Rest rest(PlainMiddle plain) {
        return new RestServed(plain);
    }
}
