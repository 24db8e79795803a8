package io.grayrelease.benchmarks.data;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.benchmarks.data.LoggedWrite.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class WriteLogTest {
    @TempDir
    Path folder;

    @Test
    void log_isReadAsItWasWritten() throws Exception {
        try (WriteLog log = new WriteLog(folder.resolve("1" + WriteLogs.ENDING))) {
            log.begins(Kind.NEW_UPSERT, 7, 1);
            log.acknowledged(1, Outcome.INSERTED);
            log.begins(Kind.DELETE, 7, 2);
            log.refused(2);
            log.begins(Kind.OLD_UPSERT, 8, 3);
        }

        List<LoggedWrite> writes = WriteLogs.read(folder);

        assertThat(writes).hasSize(2);
        assertThat(writes.get(0).outcome()).isEqualTo(Outcome.INSERTED);
        assertThat(writes.get(0).ended()).isGreaterThanOrEqualTo(writes.get(0).began());
        assertThat(writes.get(1).key()).isEqualTo(8);
        assertThat(writes.get(1).isAcknowledged()).isFalse();
    }

    @Test
    void line_thatAKillCutOff_isLeftOut() {
        assertThat(WriteLogs.parse("B 1 7 DELETE 5\nA 1 DEL"))
                .singleElement()
                .satisfies(write -> assertThat(write.isAcknowledged()).isFalse());
    }
}
