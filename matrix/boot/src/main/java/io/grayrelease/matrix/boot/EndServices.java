package io.grayrelease.matrix.boot;

import org.apache.dubbo.config.annotation.DubboService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.grayrelease.matrix.app.End;
import io.grayrelease.matrix.app.Rest;
import io.grayrelease.matrix.app.RestServed;

/** What the last service provides besides the plain one, by methods with annotations. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "matrix.name", havingValue = "end")
class EndServices {
    @Bean
    @DubboService(interfaceClass = End.class, group = "versioned", version = "${matrix.version}")
    End versioned(PlainEnd plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = End.class, group = "east")
    End east(PlainEnd plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = End.class, group = "west")
    End west(PlainEnd plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = End.class, group = "lone")
    End lone(PlainEnd plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = End.class, group = "executor", executor = "ownPool")
    End executor(PlainEnd plain) {
        return plain;
    }

    @Bean
    @DubboService(interfaceClass = Rest.class, protocol = "tri")
    Rest rest(PlainEnd plain) {
        return new RestServed(plain);
    }
}
