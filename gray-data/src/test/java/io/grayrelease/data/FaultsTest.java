package io.grayrelease.data;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FaultsTest {
    @ParameterizedTest
    @CsvSource({
        "01000, 1265, row",
        "HY000, 1265, row",
        "HY000, 1364, row",
        "HY000, 1366, row",
        "22001, 0, row",
        "45000, 1644, row",
        "P0001, 0, row",
        "40001, 1213, store",
        "42S02, 1146, store",
        "HY000, 1205, store",
        "HY000, 1290, store",
        "57P01, 0, store",
        "08006, 0, either",
        "HY000, 1, either",
        "XX000, 0, either"
    })
    void fault_ofADatabase_isOfARowOrTheStore(String state, int number, String expected) {
        SQLException failure = new SQLException("a fault", state, number);
        SQLException ofBatch = new BatchUpdateException(new int[0], failure);

        assertThat(liesWith(failure)).isEqualTo(expected);
        assertThat(liesWith(ofBatch)).isEqualTo(expected);
    }

    /** A pool says so of a store that is away, and MariaDB's driver of what it does not know. */
    @ParameterizedTest
    @CsvSource({", store", "08001, store", "XX001, either"})
    void fault_thatIsTransient_isOfTheStoreIfItIsOfTheConnection(@Nullable String state, String expected) {
        assertThat(liesWith(new SQLTransientConnectionException("no connection", state)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        ", true",
        "08001, true",
        "28P01, true",
        "3D000, true",
        "57P01, true",
        "42S22, false",
        "42P01, false",
        "22001, false"
    })
    void fault_thatIsOfTheConnection_isNoAnswer(@Nullable String state, boolean expected) {
        assertThat(Faults.isOfConnection(new SQLException("a fault", state))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "40001, 1213, true",
        "40P01, 0, true",
        "HY000, 1020, true",
        "40003, 0, false",
        "HY000, 1205, false",
        "22001, 0, false"
    })
    void fault_ofARollbackForOthers_mayBeRunAgain(String state, int number, boolean expected) {
        assertThat(Faults.isOfOrder(new SQLException("a fault", state, number))).isEqualTo(expected);
    }

    private static String liesWith(SQLException failure) {
        if (Faults.isOfRow(failure)) {
            return "row";
        }
        return Faults.isOfStore(failure) ? "store" : "either";
    }
}
