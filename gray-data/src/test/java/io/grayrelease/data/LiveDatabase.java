package io.grayrelease.data;

/** An empty database on a real server, which all tests of a process share; for tests of other modules. */
public record LiveDatabase(String url, String user) {
    public static boolean areInstalled() {
        return LivePostgresql.isInstalled() && LiveMariaDb.isInstalled();
    }

    /** Makes one of PostgreSQL. */
    public static LiveDatabase postgresql(String name) throws Exception {
        return on(LivePostgresql.shared(), name);
    }

    /** Makes one of MariaDB. */
    public static LiveDatabase mariaDb(String name) throws Exception {
        return on(LiveMariaDb.shared(), name);
    }

    private static LiveDatabase on(LiveServer server, String name) throws Exception {
        server.execute("CREATE DATABASE " + name);
        return new LiveDatabase(server.url(name), server.user());
    }
}
