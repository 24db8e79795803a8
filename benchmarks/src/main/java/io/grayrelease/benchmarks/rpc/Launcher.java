package io.grayrelease.benchmarks.rpc;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Starts the processes that are measured, with the class path of the driver.
 *
 * @param folder for their logs and what they keep
 * @param apollo the URL of its meta server
 */
record Launcher(Path folder, String apollo) {
    /** Of every process. */
    static final List<String> JVM = List.of("-Xms256m", "-Xmx256m", "-XX:+UseG1GC");

    private static final int ZOOKEEPER_ANSWER_BYTES = 16 << 20; // 1,000 providers on two protocols are 2 MB

    /**
     * Starts a process and does not wait for it.
     *
     * @param name of its log
     * @param jars whether it has ours
     */
    Child start(String name, boolean jars, Class<?> main, String... arguments) {
        Path home = folder.resolve(name);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JVM);
        command.addAll(List.of(
                "-Duser.home=" + home,
                "-Djute.maxbuffer=" + ZOOKEEPER_ANSWER_BYTES,
                "-Ddubbo.application.service-discovery.migration=FORCE_INTERFACE",
                "-Dapp.id=benchmarks",
                "-Denv=DEV",
                "-Dapollo.meta=" + apollo,
                "-Dapollo.cacheDir=" + home.resolve("apollo"),
                "-cp",
                jars ? System.getProperty("java.class.path") : classPathWithoutJars(),
                main.getName()));
        command.addAll(List.of(arguments));
        return Child.start(name, command, folder.resolve(name + ".log"));
    }

    private static String classPathWithoutJars() {
        return entries().stream()
                .filter(entry -> !isOurs(entry))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The class path of a process that has our jars. */
    static List<Path> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }

    static boolean isOurs(Path entry) {
        return entry.getFileName().toString().startsWith("gray-");
    }
}
