package io.grayrelease.demo.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.demo.data.service.OrderStores;
import io.grayrelease.demo.data.traffic.FirstOrders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The databases of the demo, as real servers. */
class DatabasesTest {
    @TempDir
    private Path folder;

    @Test
    void ordersAreLoaded_andTheServersEndWithTheirProcess() throws Exception {
        List<ProcessHandle> processes;
        try (Databases databases = RunningDatabases.in(folder)) {
            processes = ProcessHandle.current().descendants().toList();
            assertThat(processes).hasSizeGreaterThanOrEqualTo(3);
            try (OrderStores stores = OrderStores.of(databases.oldUrl(), databases.newUrl())) {
                stores.create();
                FirstOrders.load(stores.old(), 1_001);
            }
            assertThat(count(databases.oldUrl())).isEqualTo(1_001);
            assertThat(count(databases.newUrl())).isZero();
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static long count(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
            row.next();
            return row.getLong(1);
        }
    }
}
