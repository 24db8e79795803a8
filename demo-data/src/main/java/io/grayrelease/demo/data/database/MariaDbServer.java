package io.grayrelease.demo.data.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A MariaDB that knows no accounts and takes anybody on this machine. */
final class MariaDbServer extends DatabaseServer {
    private final Process process;

    /** Makes an empty one in a folder, and returns when it answers. */
    MariaDbServer(List<String> program, Path folder) throws IOException, SQLException {
        super(folder);
        Account.own(Files.createDirectory(data()));
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(
                "--datadir=" + data(),
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--bind-address=127.0.0.1",
                "--port=" + port(),
                "--skip-grant-tables",
                "--skip-name-resolve",
                "--innodb-buffer-pool-size=128M",
                "--character-set-server=utf8mb4",
                "--max-connections=100"));
        this.process = launch(command);
        awaitAnswer(process, url(""));
        create();
    }

    private void create() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(""));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE shop");
        }
    }

    @Override
    String url() {
        return url("shop");
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + database
                + "?user=root&connectTimeout=2000&socketTimeout=30000&useBulkStmts=true";
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
