package io.grayrelease.nginx.drive;

import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.grayrelease.nginx.OtherJvm;

import static org.assertj.core.api.Assertions.assertThat;

/** An agent that is killed anywhere while it installs, and the one that comes after it. */
@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class KilledAgentTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void recover_killedAfterAStep_currentIsGoodAndServed(Installation.Step step) throws Exception {
        try (Rig rig = Rig.in(folder).saying("one")) {
            OtherJvm.Ended killed = OtherJvm.run("", OneInstall.class, OneInstall.of(rig, "two", step.name()));
            assertThat(killed.code()).as(killed.output()).isEqualTo(OneInstall.HALTED);

            Applied applied = rig.installation().recover();

            boolean switched = step.compareTo(Installation.Step.SWITCHED) >= 0;
            assertThat(applied.revision()).isEqualTo(switched ? 2 : 1);
            assertThat(rig.folder().current()).isEqualTo(OptionalLong.of(applied.revision()));
            assertThat(rig.folder().good()).isEqualTo(OptionalLong.of(applied.revision()));
            assertThat(rig.live()).isEqualTo(OptionalLong.of(applied.revision()));
            assertThat(rig.text()).isEqualTo(switched ? "two" : "one");
            assertThat(rig.state()).isDirectoryNotContaining("regex:.*/(stage-|test-|.*partial).*");

            rig.installation().install(rig.says("three"), null);
            assertThat(rig.text()).isEqualTo("three");
        }
    }
}
