package io.grayrelease.matrix.app;

/**
 * What a process is, from its system properties.
 *
 * @param name the Dubbo application: {@code entry}, {@code middle} or {@code end}
 * @param version what it registers as
 * @param zooKeeper {@code host:port}
 * @param mode Dubbo's {@code register-mode}
 * @param serialization of the dubbo protocol
 * @param withGray whether our jars are on its class path
 */
public record Settings(
        String name, String version, String zooKeeper, String mode, String serialization, boolean withGray) {
    public static Settings read() {
        return new Settings(
                System.getProperty("matrix.name"),
                System.getProperty("matrix.version"),
                System.getProperty("matrix.zookeeper"),
                System.getProperty("matrix.mode"),
                System.getProperty("matrix.serialization"),
                isThere("io.grayrelease.dubbo.context.GrayContext"));
    }

    /** As {@link Seen} names this process. */
    public String process() {
        return name + " " + version;
    }

    /** Whether Dubbo serves REST over Triple: from 3.3 on. */
    boolean withRest() {
        return isThere("org.apache.dubbo.remoting.http12.rest.Mapping");
    }

    private static boolean isThere(String type) {
        return Settings.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }
}
