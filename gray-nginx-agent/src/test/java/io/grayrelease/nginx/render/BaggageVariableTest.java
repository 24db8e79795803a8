package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.Tags;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledIf("io.grayrelease.nginx.LiveNginx#isInstalled")
class BaggageVariableTest {
    @TempDir
    private Path folder;

    private RenderedNginx start(int tags) throws Exception {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 1; i <= tags; i++) {
            keys.put("gray.rule." + i + "-r" + i, "uid >= " + i + " => T" + i);
            keys.put("gray.route.T" + i, "a:1");
        }
        keys.put("gray.rule.999-call", "has(header[\"x-call\"]) && service == s => T1");
        return RenderedNginx.start(folder, RenderedNginx.policy(keys));
    }

    @Test
    void baggage_ofAClient_isThatOfJava() throws Exception {
        try (RenderedNginx nginx = start(2)) {
            for (String sent : List.of(
                    "a=1",
                    "a=1,b=2;p=3",
                    "gray.tag=X",
                    "gray.tag=X,a=1",
                    "a=1,gray.tag=X",
                    "a=1,gray.tag=X,b=2",
                    " gray.tag =X;p , a=1",
                    "gray.tag=X,gray.tag=Y,gray.tag=Z,a=1",
                    "a=gray.tag=X",
                    "xgray.tag=X,grayxtag=Y,Gray.Tag=Z,gray.tags=1",
                    "gray.tag",
                    "a=1,,",
                    ",,a=1",
                    ",",
                    "a=$1${gray_tag}")) {
                assertThat(nginx.ask("x-uid: 2", "baggage: " + sent).baggage())
                        .as(sent)
                        .isEqualTo(Baggage.with(List.of(sent), "T1,T2"));
                assertThat(nginx.ask("baggage: " + sent).baggage())
                        .as(sent)
                        .isEqualTo(Baggage.with(List.of(sent), "-"));
                String others = Baggage.without(List.of(sent));
                assertThat(nginx.ask("x-call: 1", "baggage: " + sent).baggage())
                        .as(sent)
                        .isEqualTo(others == null ? "" : others);
            }
        }
    }

    @Test
    void manyForgedMembers_loseAllOfIt() throws Exception {
        try (RenderedNginx nginx = start(1)) {
            assertThat(nginx.ask("x-uid: 1", "baggage: a=1" + ",gray.tag=X".repeat(5))
                            .baggage())
                    .isEqualTo("gray.tag=T1");
            assertThat(nginx.ask("x-uid: 1", "baggage: a=1" + ",gray.tag=X".repeat(4))
                            .baggage())
                    .isEqualTo("a=1,gray.tag=T1");
        }
    }

    @Test
    void ours_wouldBeTooLong_isLeftOut() throws Exception {
        try (RenderedNginx nginx = start(1)) {
            String fits = "a=" + "1".repeat(8_192 - 2 - ",gray.tag=T1".length());
            assertThat(nginx.ask("x-uid: 1", "baggage: " + fits).baggage()).isEqualTo(fits + ",gray.tag=T1");
            assertThat(nginx.ask("x-uid: 1", "baggage: " + fits + "1").baggage())
                    .isEqualTo(fits + "1");
        }
    }

    @Test
    void manyTags_areEncoded() throws Exception {
        try (RenderedNginx nginx = start(30)) {
            for (int uid : new int[] {1, 2, 7, 8, 9, 10, 16, 17, 24, 25, 30}) {
                RenderedNginx.Said said = nginx.ask("x-uid: " + uid);
                assertThat(Tags.parse(said.tag()).names()).hasSize(uid);
                assertThat(said.baggage()).isEqualTo("gray.tag=" + said.tag().replace(",", "%2C"));
            }
        }
    }
}
