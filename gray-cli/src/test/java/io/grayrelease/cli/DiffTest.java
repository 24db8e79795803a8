package io.grayrelease.cli;

import java.util.List;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import static org.assertj.core.api.Assertions.assertThat;

class DiffTest {
    private static Run diff(String before, String after, String... more) {
        String[] arguments = new String[more.length + 5];
        System.arraycopy(
                new String[] {"diff", Run.policy(before), Run.policy(after), "--at", "2026-11-11T08:00:00+08:00"},
                0,
                arguments,
                0,
                5);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return Run.of(arguments);
    }

    @Test
    void step_ofARelease_isToldAndCounted() {
        Run run = diff("release", "release-next");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("diff-sample", run.out());
    }

    @Test
    void step_backwards_isTheMirrorImage() {
        JsonObject there = diff("release", "release-next", "-o", "json").json();
        JsonObject back = diff("release-next", "release", "-o", "json").json();
        for (int i = 0; i < 3; i++) {
            JsonObject count = cohort(there, i);
            JsonObject mirror = cohort(back, i);
            assertThat(count.get("group")).isEqualTo(mirror.get("group"));
            assertThat(count.get("entering")).isEqualTo(mirror.get("leaving"));
            assertThat(count.get("before")).isEqualTo(mirror.get("after"));
            assertThat(number(count, "before") + number(count, "entering") - number(count, "leaving"))
                    .isEqualTo(number(count, "after"));
        }
    }

    private static JsonObject cohort(JsonObject diff, int index) {
        return diff.getAsJsonObject("movement")
                .getAsJsonArray("cohorts")
                .get(index)
                .getAsJsonObject();
    }

    private static int number(JsonObject count, String name) {
        return count.get(name).getAsInt();
    }

    @Test
    void users_ofAFile_areCountedOnceEach() {
        Run run = diff("release", "release-next", "--uids", "src/test/resources/uids.txt");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("diff-uids", run.out());
    }

    @Test
    void policies_thatAreTheSame_changeNothing() {
        Run run = diff("release", "release", "--uids", "src/test/resources/uids.txt");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("diff-same", run.out());
    }

    @Test
    void phasesOfData_areALineEach_andThoseThatSkipOrVanishAWarning() {
        Run run = diff("data", "data-next", "--uids", "src/test/resources/uids.txt");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("diff-data", run.out());
        assertThat(diff("data", "data-next", "-o", "json").json().getAsJsonArray("warnings"))
                .hasSize(2);
    }

    @Test
    void json_namesTheChanges() {
        List<String> changes =
                diff("release", "release-next", "-o", "json").json().getAsJsonArray("changes").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(change -> change.get("kind").getAsString() + " "
                                + change.get("what").getAsString())
                        .toList();
        assertThat(changes)
                .contains(
                        "added rule partners", "removed rule night", "changed list testers", "changed order of rules");
    }

    @Test
    void policy_withErrors_isNotCompared() {
        Run run = diff("release", "broken-and-off");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("broken-and-off.properties: rejected").doesNotContain("release.properties");
    }

    @Test
    void users_thatAreNotThere_cannotBeRead() {
        assertThat(diff("release", "release", "--uids", "absent.txt").exitCode())
                .isEqualTo(ExitCode.UNREADABLE);
    }
}
