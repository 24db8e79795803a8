package io.grayrelease.data;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What people are shown of a dead letter. */
class DeadLetterTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "(conn=5) Duplicate entry 'O'Brien' for key 'uq' | (conn=5) Duplicate entry ... for key 'uq'",
                "(conn=5) Duplicate entry 'cut off here | (conn=5) Duplicate entry ...",
                "Incorrect integer value: 'Ann' for column 'points' at row 1 | Incorrect integer value: ... for column 'points' at row 1",
                "Data too long for column 'customer' at row 1 | Data too long for column 'customer' at row 1",
                "Field 'points' doesn't have a default value | Field 'points' doesn't have a default value",
                "ERROR: invalid input syntax for type integer: \"Ann\" | ERROR: invalid input syntax for type integer: ...",
                "ERROR: duplicate key value violates unique constraint \"uq\" | ERROR: duplicate key value violates unique constraint \"uq\""
            })
    void reason_asItIsShown_hasNoValues(String said, String shown) {
        DeadLetter letter = DeadLetter.of("5", "23000: " + said);

        assertThat(letter.reason()).isEqualTo(shown);
        assertThat(letter.sqlState()).isEqualTo("23000");
        assertThat(letter.key()).isEqualTo("5");
    }

    @Test
    void reason_ofABatch_isThatOfTheRow() {
        SQLException fault = new BatchUpdateException(
                "Batch entry 0 INSERT INTO orders VALUES ('Ann') was aborted: ERROR: too long  Call getNextException to see"
                        + " other errors in the batch.",
                "22001",
                new int[0]);
        fault.setNextException(new SQLException("ERROR: duplicate key\n  Detail: Key (customer)=(Ann)", "23505"));

        assertThat(DeadLetter.of("5", DeadLetter.reason(fault))).hasToString("5: 23505 ERROR: duplicate key");
    }

    @Test
    void reason_thatIsLong_fitsIntoItsColumn() {
        SQLException fault = new SQLException("ERROR: " + "x".repeat(1_000), "23514");

        assertThat(DeadLetter.reason(fault)).startsWith("23514: ERROR: xx").hasSize(500);
    }
}
