package io.grayrelease.matrix.boot;

import org.apache.dubbo.config.annotation.DubboReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

import io.grayrelease.matrix.app.Middle;
import io.grayrelease.matrix.app.Next;

import static java.util.Objects.requireNonNull;

/** What the entry calls in the plain way. */
@Component
@ConditionalOnProperty(name = "matrix.name", havingValue = "entry")
class EntryReferences implements ApplicationRunner {
    private final Next next;

    @DubboReference(protocol = "dubbo", registry = "east", timeout = 20_000, retries = 0, check = false)
    private @Nullable Middle overDubbo;

    @DubboReference(protocol = "tri", registry = "east", timeout = 20_000, retries = 0, check = false)
    private @Nullable Middle overTriple;

    EntryReferences(Next next) {
        this.next = next;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        next.use("dubbo", requireNonNull(overDubbo));
        next.use("tri", requireNonNull(overTriple));
    }
}
