package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Somebody gives the same database as the old and as the new store. */
class OneStoreTest {
    private static final String NEW_TABLE = "CREATE TABLE orders_v2 (id BIGINT PRIMARY KEY, customer VARCHAR(40),"
            + " amount DECIMAL(12, 2) NOT NULL, channel VARCHAR(10) NOT NULL, priority INT)";

    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void start_bothStoresAreOne_isRefusedAndWritesNothing(Pair pair) throws Exception {
        try (TwoStores stores = pair.stores()) {
            stores.old().execute(NEW_TABLE, "DELETE FROM gray_state");

            assertThatThrownBy(
                            () -> stores.service(OrderMapper.NEW, stores.old().source())
                                    .start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the stores: found one database, catalog and schema");
            assertThat(states(stores.old().source())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void start_bothStoresAreOneByTwoUrls_isRefusedAndWritesNothing(Pair pair) throws Exception {
        if (Pair.installed().noneMatch(pair::equals)) {
            return;
        }
        try (TwoStores stores = pair.stores();
                HikariDataSource other = stores.old().sourceWith("tcpKeepAlive=true")) {
            stores.old().execute(NEW_TABLE, "DELETE FROM gray_state");

            assertThatThrownBy(() -> stores.service(OrderMapper.NEW, other).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the stores: found one database, catalog and schema");
            assertThat(states(stores.old().source())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void start_theStoresAreTwoSchemas_isFine(Pair pair) throws Exception {
        if (Pair.installed().noneMatch(pair::equals)) {
            return;
        }
        try (TwoStores stores = pair.stores();
                HikariDataSource other = schema(stores.old(), "other")) {
            execute(other, NEW_TABLE);
            GrayTables.create(other);
            try (Migration<Long, Order> service =
                    stores.service(OrderMapper.NEW, other).start()) {
                assertThat(service.phase()).isEqualTo(DataPhase.CAPTURE);
            }
        }
    }

    @Test
    void capture_theNewStoreIsTheOldOneAfterItWasAway_waits() throws Exception {
        boolean[] away = {true};
        try (TwoStores stores = Pair.H2.stores()) {
            stores.phase(DataPhase.OLD_ONLY);
            stores.old().execute(NEW_TABLE);
            DataSource same = stores.old().sourceAfter(() -> {
                if (away[0]) {
                    throw new SQLException("away", "08001");
                }
            });
            try (Migration<Long, Order> service = stores.service(OrderMapper.NEW, same)
                    .phase(() -> DataPhase.CAPTURE)
                    .withSteward(Duration.ofMillis(50))
                    .start()) {
                MigrationTool tool = MigrationTool.open("order-v2", stores.old().source(), same);
                assertThat(tool.status().troubles())
                        .containsExactly(
                                "the new store does not answer: away; it is not the primary: writes go on in the"
                                        + " old store, and nothing is brought over in OLD_ONLY");
                assertThat(tool.status().shut()).contains("not known: the new store does not answer");
                away[0] = false;

                assertThatThrownBy(tool::status).hasMessageStartingWith("the stores: found one database");
                assertThat(service.phase()).isEqualTo(DataPhase.OLD_ONLY);
            }
        }
    }

    private static HikariDataSource schema(Database of, String name) throws SQLException {
        of.execute("CREATE SCHEMA " + name);
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(of.source().getJdbcUrl());
        source.setUsername(of.source().getUsername());
        source.setSchema(of.source().getJdbcUrl().startsWith("jdbc:h2") ? "OTHER" : name);
        source.setMinimumIdle(0);
        return source;
    }

    private static void execute(DataSource store, String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long states(DataSource store) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM gray_state")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
