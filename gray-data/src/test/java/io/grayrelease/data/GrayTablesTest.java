package io.grayrelease.data;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrayTablesTest {
    private static final int PROCESSES = 6;
    private static final int TIMES = 3;

    /** Services of several processes start at the same moment, and each creates what is missing. */
    @ParameterizedTest
    @MethodSource("io.grayrelease.data.Pair#installed")
    void create_bySeveralAtOnce_isFineForAll(Pair pair) throws Exception {
        ExecutorService processes = Executors.newFixedThreadPool(PROCESSES);
        try {
            for (int time = 0; time < TIMES; time++) {
                try (Database database = pair.database()) {
                    createTogether(processes, database);
                    try (Connection connection = database.source().getConnection()) {
                        GrayTables.check(connection);
                    }
                }
            }
        } finally {
            processes.shutdownNow();
        }
    }

    private static void createTogether(ExecutorService processes, Database database) throws Exception {
        CyclicBarrier start = new CyclicBarrier(PROCESSES);
        List<Future<?>> creations = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            creations.add(processes.submit(() -> {
                // Connected before they begin, or the first would be through before the others are there.
                try (Connection connection = database.source().getConnection()) {
                    connection.isValid(1);
                }
                start.await(30, TimeUnit.SECONDS);
                GrayTables.create(database.source());
                return true;
            }));
        }
        for (Future<?> creation : creations) {
            creation.get(60, TimeUnit.SECONDS);
        }
    }
}
