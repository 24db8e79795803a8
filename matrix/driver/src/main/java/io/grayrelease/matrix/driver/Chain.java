package io.grayrelease.matrix.driver;

import java.nio.file.Path;

/**
 * What a chain of three services runs on.
 *
 * @param entry what the first process runs on: Dubbo's version, as {@code 3.3.6}, or {@link #BOOT}; the others likewise
 * @param mode Dubbo's {@code register-mode}
 * @param serialization of the dubbo protocol
 * @param java the Java of all processes
 * @param jarsInMiddle whether the middle service has our jars
 * @param selector whether the services have a PenetrateAttachmentSelector of their own, which forwards nothing
 */
public record Chain(
        String entry,
        String middle,
        String end,
        String mode,
        String serialization,
        Path java,
        boolean jarsInMiddle,
        boolean selector) {
    /** Dubbo 3.3.6 set up by Spring Boot. */
    static final String BOOT = "boot";

    /** All of it on one version, with this Java. */
    public static Chain of(String dubbo, String mode) {
        return new Chain(
                dubbo,
                dubbo,
                dubbo,
                mode,
                "hessian2",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                true,
                false);
    }

    Chain mixed(String inMiddle, String atEnd) {
        return new Chain(entry, inMiddle, atEnd, mode, serialization, java, jarsInMiddle, selector);
    }

    boolean isMixed() {
        return !entry.equals(middle) || !middle.equals(end);
    }

    Chain serialized(String by) {
        return new Chain(entry, middle, end, mode, by, java, jarsInMiddle, selector);
    }

    Chain on(Path otherJava) {
        return new Chain(entry, middle, end, mode, serialization, otherJava, jarsInMiddle, selector);
    }

    Chain withoutJarsInMiddle() {
        return new Chain(entry, middle, end, mode, serialization, java, false, selector);
    }

    Chain withSelector() {
        return new Chain(entry, middle, end, mode, serialization, java, jarsInMiddle, true);
    }
}
