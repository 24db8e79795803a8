package io.grayrelease.matrix.boot;

import org.apache.dubbo.config.annotation.Argument;
import org.apache.dubbo.config.annotation.DubboService;
import org.apache.dubbo.config.annotation.Method;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Primary;

import io.grayrelease.matrix.app.Middle;
import io.grayrelease.matrix.app.Next;
import io.grayrelease.matrix.app.Seen;
import io.grayrelease.matrix.app.Served;
import io.grayrelease.matrix.app.Settings;

/** The service of a process, by an annotated class: Dubbo takes {@code methods} from those only. */
@ConditionalOnProperty(name = "matrix.name", havingValue = "middle")
@Primary // the beans of the groups are the same object
@DubboService(
        interfaceClass = Middle.class,
        methods = @Method(name = "listen", arguments = @Argument(index = 1, callback = true)))
class PlainMiddle extends Served {
    PlainMiddle(Settings settings, Seen seen, Next next) {
        super(seen, settings.process(), next);
    }
}
