package io.grayrelease.benchmarks.data;

import java.io.IOException;
import java.nio.file.Path;

/** A make of databases, and what it says otherwise than another. */
enum Make {
    POSTGRESQL("PostgreSQL", "postgres"),
    MARIADB("MariaDB", "mysql");

    private final String title;
    private final String administration;

    Make(String title, String administration) {
        this.title = title;
        this.administration = administration;
    }

    String title() {
        return title;
    }

    /** A database that is always there. */
    String administration() {
        return administration;
    }

    DatabaseServer start(Path folder) throws IOException, InterruptedException {
        return (this == POSTGRESQL ? new PostgresqlServer(folder) : new MariaDbServer(folder)).started();
    }

    /** The numbers from 1 on, as a table with the column {@code n}. */
    String numbers(long most) {
        return this == POSTGRESQL
                ? "generate_series(1, " + most + ") AS numbers (n)"
                : "(SELECT seq AS n FROM seq_1_to_" + most + ") numbers";
    }

    /** What turns an INSERT into one that leaves rows alone that are there. */
    String insertIfMissing(String insert) {
        return this == POSTGRESQL ? insert + " ON CONFLICT DO NOTHING" : insert.replaceFirst("INSERT", "INSERT IGNORE");
    }

    /** What turns an INSERT into one that writes over a row with its id. */
    String upsert(String insert, Iterable<String> columns) {
        StringBuilder sql = new StringBuilder(insert)
                .append(this == POSTGRESQL ? " ON CONFLICT (id) DO UPDATE SET " : " ON DUPLICATE KEY UPDATE ");
        String comma = "";
        for (String column : columns) {
            sql.append(comma)
                    .append(column)
                    .append(" = ")
                    .append(this == POSTGRESQL ? "EXCLUDED." + column : "VALUES(" + column + ")");
            comma = ", ";
        }
        return sql.toString();
    }
}
