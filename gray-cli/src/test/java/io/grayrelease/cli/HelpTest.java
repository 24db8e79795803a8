package io.grayrelease.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HelpTest {
    @Test
    void help_isWorthReading() {
        Run run = Run.of("--help");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("help", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "explain", "diff", "status", "pull", "publish", "rollback", "ramp", "data"})
    void help_ofACommand_hasExamples(String command) {
        Run run = Run.of("help", command);
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("help-" + command, run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "copy", "compare", "promote", "rollback"})
    void help_ofACommandOfData_hasExamples(String command) {
        Run run = Run.of("data", "help", command);
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("help-data-" + command, run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "check --output xml x"})
    void usage_thatIsWrong_isToldWithTheUsage(String line) {
        Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Usage: grayctl");
    }

    @Test
    void command_misspelt_isSuggested() {
        Run run = Run.of("chek", "x");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Did you mean: grayctl check");
    }
}
