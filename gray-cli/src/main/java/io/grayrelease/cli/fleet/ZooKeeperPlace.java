package io.grayrelease.cli.fleet;

import java.util.regex.Pattern;

/**
 * A ZooKeeper, as people write it: {@code zk1:2181,zk2:2181}, with a path if everything is below one.
 *
 * @param address as ZooKeeper's own clients take it
 */
public record ZooKeeperPlace(String address) {
    /** How it is written, for help texts. */
    public static final String FORM = "HOST:PORT[,HOST:PORT...][/PATH]";

    private static final Pattern WRITTEN =
            Pattern.compile("[^\\s,/:]+:[0-9]{1,5}(,[^\\s,/:]+:[0-9]{1,5})*(/[^\\s,]*[^\\s,/])?");

    /**
     * The ZooKeeper that a text names.
     *
     * @throws IllegalArgumentException if it is not written as {@link #FORM} says; the message tells how
     */
    public static ZooKeeperPlace of(String text) {
        if (!WRITTEN.matcher(text).matches()) {
            throw new IllegalArgumentException("expected " + FORM);
        }
        return new ZooKeeperPlace(text);
    }
}
