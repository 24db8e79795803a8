package io.grayrelease.nginx.drive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.nginx.OtherJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AgentLockTest {
    @TempDir
    private Path folder;

    /** Another agent: takes the lock, or says why not. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) {
            try (AgentLock lock = AgentLock.take(Path.of(arguments[0]))) {
                System.out.println(lock == null ? "nothing" : "taken");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void take_heldByAnotherProcess_namesFileAndProcess() throws Exception {
        try (AgentLock lock = AgentLock.take(folder)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> AgentLock.take(folder)).hasMessageContaining("another agent of this process");

            assertThat(AgentLock.isHeld(folder)).isTrue();

            String said = OtherJvm.run("", Other.class, folder.toString()).output();

            assertThat(said)
                    .contains(folder.resolve("lock") + " is locked by another agent, process "
                            + ProcessHandle.current().pid());
        }
        assertThat(OtherJvm.run("", Other.class, folder.toString()).output()).contains("taken");
    }

    @Test
    void take_givenBack_canBeTakenAgain() throws Exception {
        assertThat(AgentLock.isHeld(folder)).isFalse();
        AgentLock.take(folder).close();

        assertThat(AgentLock.isHeld(folder)).isFalse();
        AgentLock.take(folder).close();
    }

    @Test
    void take_folderCannotBeMade_saysWhich() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> AgentLock.take(file.resolve("state")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file/state");
    }
}
