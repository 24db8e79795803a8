package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunFolderTest {
    @TempDir
    private Path folder;

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void create_nothingThere_policiesArePushedByTheOwnerOnly() throws Exception {
        Path run = folder.resolve("new/run");

        RunFolder.create(run);

        assertThat(mode(run.resolve(RunFolder.POLICY).getParent())).isEqualTo("rwx------");
        assertThat(run.resolve(RunFolder.REVISION).getParent()).isEqualTo(run);
        assertThat(mode(run)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void create_openToOthers_isClosed() throws Exception {
        Path control = Files.createDirectory(folder.resolve("control"));
        Files.setPosixFilePermissions(control, PosixFilePermissions.fromString("rwxrwxrwx"));

        RunFolder.create(folder);

        assertThat(mode(control)).isEqualTo("rwx------");
    }

    @Test
    void create_aLinkInItsPlace_isRefused() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("control"), elsewhere);

        assertThatThrownBy(() -> RunFolder.create(folder)).hasMessageContaining("control");
    }
}
