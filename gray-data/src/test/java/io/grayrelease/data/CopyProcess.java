package io.grayrelease.data;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.policy.model.DataPhase;

/** A process of its own that copies the orders, which can be killed. */
final class CopyProcess implements AutoCloseable {
    private final Process process;

    private CopyProcess(Process process) {
        this.process = process;
    }

    /** Starts one that has so many workers and chunks of so many rows at most; with leases of 2 s. */
    static CopyProcess start(TwoStores stores, int workers, int leastRows, int mostRows, Redirect output)
            throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                CopyProcess.class.getName(),
                stores.old().source().getJdbcUrl(),
                stores.old().source().getUsername(),
                stores.ofNew().source().getJdbcUrl(),
                stores.ofNew().source().getUsername(),
                "" + workers,
                "" + leastRows,
                "" + mostRows);
        return new CopyProcess(new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(Redirect.INHERIT)
                .start());
    }

    public static void main(String[] args) throws Exception {
        try (HikariDataSource old = source(args[0], args[1]);
                HikariDataSource ofNew = source(args[2], args[3]);
                Migration<Long, Order> service = Migration.of("order-v2", old, ofNew, OrderMapper.OLD)
                        .phase(() -> DataPhase.CAPTURE)
                        .withoutSteward()
                        .start()) {
            Copy copy = service.copy(CopySettings.DEFAULTS
                    .workers(Integer.parseInt(args[4]))
                    .chunkRows(Integer.parseInt(args[5]), Integer.parseInt(args[6]))
                    .lease(Duration.ofSeconds(2)));
            copy.await(10, TimeUnit.MINUTES);
        }
    }

    private static HikariDataSource source(String url, String user) {
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(url);
        source.setUsername(user);
        source.setMinimumIdle(0);
        return source;
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
