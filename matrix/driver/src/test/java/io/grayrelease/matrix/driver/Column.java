package io.grayrelease.matrix.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.grayrelease.matrix.app.Way;

/**
 * A chain of processes, and the ways that are tried in it.
 *
 * @param name for people, as the head of the column
 */
record Column(String name, Chain chain, Set<Way> ways, List<String> protocols) {
    private static final List<String> VERSIONS = List.of("3.1.11", "3.2.16", "3.3.5", "3.3.6");
    private static final List<String> BOTH = List.of("dubbo", "tri");
    private static final Path JAVAS = Path.of("/usr/lib/jvm");
    private static final int NEWER = 21;

    /** The one of every build. */
    static Column first() {
        return of("3.3.6", Chain.of("3.3.6", "instance"));
    }

    /** All of them, in the order of the table. */
    static List<Column> all() {
        List<Column> columns = new ArrayList<>();
        for (String version : VERSIONS) {
            columns.add(of(version, Chain.of(version, "instance")));
        }
        for (String version : VERSIONS) {
            columns.add(of(version + " interface", Chain.of(version, "interface")));
        }
        columns.add(of("3.1.11 → 3.3.6 → 3.2.16", Chain.of("3.1.11", "instance").mixed("3.3.6", "3.2.16")));
        columns.add(of("3.3.6 → 3.1.11 → 3.3.5", Chain.of("3.3.6", "interface").mixed("3.1.11", "3.3.5")));
        columns.add(new Column(
                "3.3.6 fastjson2",
                Chain.of("3.3.6", "instance").serialized("fastjson2"),
                EnumSet.allOf(Way.class),
                List.of("dubbo")));
        columns.add(of("3.3.6, selector", Chain.of("3.3.6", "instance").withSelector()));
        columns.add(new Column(
                "3.3.6, no jars in the middle",
                Chain.of("3.3.6", "instance").withoutJarsInMiddle(),
                EnumSet.of(Way.SYNC, Way.SEVERAL, Way.ASYNC_CALL, Way.GENERIC, Way.THEN_APPLY, Way.FAILOVER),
                BOTH));
        columns.add(of("3.3.6, Spring Boot", Chain.of(Chain.BOOT, "instance")));
        columns.add(
                of("3.3.6 → Spring Boot → 3.3.6", Chain.of("3.3.6", "interface").mixed(Chain.BOOT, "3.3.6")));
        newerJava()
                .ifPresent(java -> columns.add(of(
                        "3.3.6, Java " + major(java),
                        Chain.of("3.3.6-java25", "instance").on(java.resolve("bin/java")))));
        return columns;
    }

    private static Column of(String name, Chain chain) {
        return new Column(name, chain, EnumSet.allOf(Way.class), BOTH);
    }

    List<Row> rows() {
        return protocols.stream()
                .flatMap(protocol -> ways.stream().map(way -> new Row(way, protocol)))
                .toList();
    }

    /** The newest Java beside this one, if the machine has one. */
    private static Optional<Path> newerJava() {
        if (!Files.isDirectory(JAVAS)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(JAVAS)) {
            return homes.filter(home -> Files.isExecutable(home.resolve("bin/java")) && major(home) >= NEWER)
                    .max((one, other) -> Integer.compare(major(one), major(other)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the {@code release} file that every JDK has; 0 if it has none. */
    private static int major(Path home) {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
