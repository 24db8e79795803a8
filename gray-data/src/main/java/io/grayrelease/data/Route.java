package io.grayrelease.data;

/** One direction of one migration: what a queue must keep apart. Immutable. */
public final class Route {
    private static final String TO_NEW = "to-new";

    private final String migration;
    private final String direction;

    private Route(String migration, String direction) {
        this.migration = migration;
        this.direction = direction;
    }

    static Route toNew(String migration) {
        return new Route(migration, TO_NEW);
    }

    static Route toOld(String migration) {
        return new Route(migration, "to-old");
    }

    /** How people are told of the store that it leads to. */
    String to() {
        return direction.equals(TO_NEW) ? StoreFault.NEW : StoreFault.OLD;
    }

    /** The name of the migration, without the direction. */
    public String migration() {
        return migration;
    }

    /**
     * A name such as {@code order-v2_to-new}, of a to z, digits, hyphens and one underscore: queues allow it for topics and groups.
     */
    public String name() {
        return migration + "_" + direction;
    }

    @Override
    public String toString() {
        return name();
    }
}
