package io.grayrelease.demo.data.database;

/** Of which make a database is. */
public enum Make {
    POSTGRESQL,
    MARIADB
}
