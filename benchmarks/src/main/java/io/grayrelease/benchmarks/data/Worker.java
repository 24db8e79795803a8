package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import com.zaxxer.hikari.HikariDataSource;

import io.grayrelease.data.Migration;
import io.grayrelease.policy.model.DataPhase;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A process that writes items, or that copies them; it runs until its standard input ends. */
@Command(name = "worker")
final class Worker implements Callable<Integer> {
    /** What a copy says once it is done. */
    static final String COPIED = "copied";

    /** It is killed, and nobody is to wait for it long. */
    private static final Duration PATIENCE_WITH_NEW = Duration.ofMillis(250);

    /** What a copy says that is held until it is told to go. */
    static final String READY = "ready";

    /** What a process does, and how. */
    enum Role {
        GRAY_OLD_VERSION,
        GRAY_NEW_VERSION,
        GRAY_COPY,
        NAIVE_OLD_VERSION,
        NAIVE_NEW_VERSION,
        NAIVE_COPY
    }

    @Option(names = "--role", required = true)
    private Role role = Role.GRAY_COPY;

    @Option(names = "--old", required = true)
    private String old = "";

    @Option(names = "--new", required = true)
    private String ofNew = "";

    @Option(names = "--logs", required = true)
    private Path logs = Path.of("");

    @Option(names = "--rows", required = true)
    private long rows;

    @Option(names = "--rate", required = true, description = "writes per second, or rows per second of a copy")
    private int rate;

    @Option(names = "--number", required = true, description = "which no other process has")
    private int number;

    @Option(names = "--held", description = "wait for a byte before the copy begins")
    private boolean held;

    public static void main(String[] arguments) {
        int status = new CommandLine(new Worker()).execute(arguments);
        Runtime.getRuntime().halt(status);
    }

    @Override
    public Integer call() throws Exception {
        DatabaseAddress oldAddress = DatabaseAddress.parse(old);
        DatabaseAddress newAddress = DatabaseAddress.parse(ofNew);
        HikariDataSource oldStore = oldAddress.pool();
        HikariDataSource newStore = newAddress.pool(PATIENCE_WITH_NEW);
        switch (role) {
            case GRAY_OLD_VERSION, GRAY_NEW_VERSION -> write(
                    new GrayWriter(migration(oldStore, newStore, role == Role.GRAY_NEW_VERSION)));
            case GRAY_COPY -> {
                Migration<Long, Item> migration = migration(oldStore, newStore, false);
                GrayItems.awaitPhase(oldStore, DataPhase.CAPTURE);
                grayCopy(migration);
            }
            case NAIVE_OLD_VERSION, NAIVE_NEW_VERSION -> write(new NaiveWriter(
                    new DirectWriter(oldStore, ItemStatements.old(oldAddress.make())),
                    newStore,
                    ItemStatements.ofNew(newAddress.make(), role == Role.NAIVE_NEW_VERSION),
                    new AtomicLong()));
            case NAIVE_COPY -> {
                new NaiveCopy(oldStore, newStore, newAddress.make(), rate).run();
                System.out.println(COPIED);
                awaitEnd();
            }
        }
        return 0;
    }

    private static Migration<Long, Item> migration(HikariDataSource old, HikariDataSource ofNew, boolean knowsNew)
            throws Exception {
        return GrayItems.start(old, ofNew, new AtomicReference<>(DataPhase.CAPTURE), knowsNew);
    }

    private void write(ItemWriter writer) throws Exception {
        boolean knowsNew = role == Role.GRAY_NEW_VERSION || role == Role.NAIVE_NEW_VERSION;
        try (LoadThreads threads = new LoadThreads(writer, knowsNew, logs, number, rows, rate)) {
            awaitEnd();
        }
    }

    private void grayCopy(Migration<Long, Item> migration) throws Exception {
        if (held) {
            System.out.println(READY);
            System.in.read();
        }
        GrayItems.copy(migration, rate);
        System.out.println(COPIED);
        awaitEnd();
        GrayItems.awaitDrained(migration);
    }

    private static void awaitEnd() throws IOException {
        while (System.in.read() >= 0) {
            continue;
        }
    }
}
