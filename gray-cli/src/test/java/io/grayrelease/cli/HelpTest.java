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
    void usage_thatIsWrong_isToldInFewLines(String line) {
        Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Usage: grayctl").contains(" --help tells more.");
        assertThat(run.err().lines().count()).isLessThan(12);
    }

    @Test
    void usage_ofACommandOfDataThatIsWrong_isToldInFewLines() {
        Run run = Run.of("data", "promote");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .startsWith("Missing required parameter")
                .contains("grayctl data promote --help tells more.");
        assertThat(run.err().lines().count()).isLessThan(12);
    }

    @Test
    void help_ofACommandsCommand_isThatOfIt() {
        Run run = Run.of("help", "data", "status");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("help-data-status", run.out());

        Run wrong = Run.of("help", "data", "stauts");
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("help: found stauts, expected one of status, copy");
    }

    @Test
    void command_misspelt_isSuggested() {
        Run run = Run.of("chek", "x");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Did you mean: grayctl check");
    }
}
