package io.grayrelease.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** A process's own way to a database: its connections break at random, in the middle and at the commit, and all when it dies. */
final class Link implements AutoCloseable {
    private static final int ONE_IN = 600;

    private final HikariDataSource pool;
    private final Random random;
    private final Set<Connection> out = ConcurrentHashMap.newKeySet();
    private volatile boolean faulty = true;
    private volatile boolean dead;

    Link(Database database, long seed) {
        HikariConfig config = new HikariConfig();
        database.source().copyStateTo(config);
        this.pool = new HikariDataSource(config);
        this.random = new Random(seed);
    }

    DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        return call(pool, method, arguments);
                    }
                    if (dead || isUnlucky()) {
                        throw new SQLException("no way to the database", "08001");
                    }
                    return breaking(pool.getConnection());
                });
    }

    private Connection breaking(Connection inner) {
        out.add(inner);
        return (Connection) Proxy.newProxyInstance(
                Link.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> call(inner, method, arguments));
    }

    private @Nullable Object call(Connection inner, Method method, Object @Nullable [] arguments) throws Throwable {
        if (dead && !method.getName().equals("close")) {
            cut(inner);
        }
        switch (method.getName()) {
            case "close" -> out.remove(inner);
            case "prepareStatement" -> {
                if (isUnlucky()) {
                    cut(inner);
                }
            }
            case "commit" -> {
                if (isUnlucky()) {
                    inner.commit();
                    cut(inner);
                    throw new SQLException("committed, and nobody is told", "08006");
                }
            }
            default -> {}
        }
        return call((Object) inner, method, arguments);
    }

    private static @Nullable Object call(Object inner, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(inner, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private synchronized boolean isUnlucky() {
        return faulty && random.nextInt(ONE_IN) == 0;
    }

    void heal() {
        faulty = false;
    }

    /**
     * From now on there is no way, and what is under way ends as if the process were gone; with H2, whose connections are not to be
     * closed by another thread in the middle of a commit, at its next call.
     */
    void kill() {
        dead = true;
        if (!pool.getJdbcUrl().startsWith("jdbc:h2:")) {
            out.forEach(this::cut);
        }
    }

    private void cut(Connection connection) {
        try {
            // The pool does not see of H2's connections that they are closed.
            pool.evictConnection(connection);
            Connection physical = connection.unwrap(Connection.class);
            physical.abort(Runnable::run);
            physical.close();
        } catch (SQLException e) {
            // It is gone already.
        }
    }

    @Override
    public void close() {
        dead = true;
        pool.close();
    }
}
