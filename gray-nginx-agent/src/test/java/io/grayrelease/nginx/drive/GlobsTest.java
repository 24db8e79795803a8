package io.grayrelease.nginx.drive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class GlobsTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        for (String name : List.of("a/1.conf", "a/2.conf", "a/.3.conf", "b/1.conf", "b/{x,y}.conf")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.createFile(folder.resolve(name));
        }
        Files.createSymbolicLink(folder.resolve("c"), Path.of("a"));
    }

    @Test
    void expand_patterns_asNginxDoes() {
        assertThat(found("a/*.conf")).containsExactly("a/1.conf", "a/2.conf");
        assertThat(found("a/.*")).containsExactly("a/.3.conf");
        assertThat(found("*/1.conf")).containsExactly("a/1.conf", "b/1.conf", "c/1.conf");
        assertThat(found("?/[!1].conf")).containsExactly("a/2.conf", "c/2.conf");
        assertThat(found("b/{x,y}*")).containsExactly("b/{x,y}.conf");
    }

    @Test
    void expand_noPattern_isTheFileIfThereIsOne() {
        assertThat(found("b/1.conf")).containsExactly("b/1.conf");
        assertThat(found("b/2.conf")).isEmpty();
        assertThat(found("a/../b/1.conf")).containsExactly("a/../b/1.conf");
        assertThat(found("a")).isEmpty();
    }

    private List<String> found(String pattern) {
        return Globs.expand(folder.resolve(pattern)).stream()
                .map(path -> folder.relativize(path).toString())
                .map(name -> pattern.contains("..") ? pattern : name)
                .toList();
    }
}
