package io.grayrelease.data;

import java.util.stream.Stream;

import io.grayrelease.data.Database.Make;

/** Which makes of databases the two stores are; those on this machine. */
enum Pair {
    H2(Make.H2, Make.H2),
    POSTGRESQL(Make.POSTGRESQL, Make.POSTGRESQL),
    MARIADB(Make.MARIADB, Make.MARIADB),
    POSTGRESQL_TO_MARIADB(Make.POSTGRESQL, Make.MARIADB),
    MARIADB_TO_POSTGRESQL(Make.MARIADB, Make.POSTGRESQL);

    private final Make old;
    private final Make ofNew;

    Pair(Make old, Make ofNew) {
        this.old = old;
        this.ofNew = ofNew;
    }

    static Stream<Pair> installed() {
        return Stream.of(values()).filter(pair -> isInstalled(pair.old) && isInstalled(pair.ofNew));
    }

    private static boolean isInstalled(Make make) {
        return switch (make) {
            case POSTGRESQL -> LivePostgresql.isInstalled();
            case MARIADB -> LiveMariaDb.isInstalled();
            case H2 -> true;
        };
    }

    TwoStores stores() throws Exception {
        return new TwoStores(Database.of(old), Database.of(ofNew));
    }

    Database database() throws Exception {
        return Database.of(old);
    }

    Database databaseOfNew() throws Exception {
        return Database.of(ofNew);
    }
}
