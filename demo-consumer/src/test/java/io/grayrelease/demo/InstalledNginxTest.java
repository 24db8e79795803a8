package io.grayrelease.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.InstalledNginx.Driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstalledNginxTest {
    @TempDir
    private Path folder;

    private Path binary;

    @BeforeEach
    void install() throws IOException {
        binary = Files.createFile(Files.createDirectory(folder.resolve("sbin")).resolve("nginx"));
        assertThat(binary.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void firstFolderThatHasOne_counts() {
        InstalledNginx nginx = find(Driver.NATIVE, folder.resolve("bin"), folder.resolve("sbin"));

        assertThat(nginx).isEqualTo(new InstalledNginx(binary, Driver.NATIVE, List.of()));
    }

    @Test
    void noNginx_saysHowToInstallIt() {
        assertThatThrownBy(() -> find(Driver.NATIVE, folder))
                .isInstanceOf(DemoException.class)
                .hasMessageContaining("install nginx, for example apt-get install nginx-light");
    }

    @Test
    void lua_needsItsModules() throws IOException {
        Files.createFile(folder.resolve("ndk_http_module.so"));
        assertThatThrownBy(() -> find(Driver.LUA, folder.resolve("sbin")))
                .isInstanceOf(DemoException.class)
                .hasMessageContainingAll(
                        "ngx_http_lua_module.so is not there", "libnginx-mod-http-lua lua-cjson", "--nginx=native");

        Files.createFile(folder.resolve("ngx_http_lua_module.so"));
        assertThat(find(Driver.LUA, folder.resolve("sbin")).modules())
                .containsExactly(folder.resolve("ndk_http_module.so"), folder.resolve("ngx_http_lua_module.so"));
    }

    private InstalledNginx find(Driver driver, Path... folders) {
        return InstalledNginx.find(driver, List.of(folders), folder);
    }
}
