package io.grayrelease.data;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

/** A process's way to a store, on which something happens after each statement that changes the fact, before it is answered. */
final class FactChanges {
    interface After {
        void change() throws Exception;
    }

    private interface Around {
        @Nullable
        Object returned(String method, Object @Nullable [] arguments, @Nullable Object result) throws Exception;
    }

    private FactChanges() {}

    static DataSource after(DataSource source, After after) {
        return proxy(
                DataSource.class,
                source,
                (method, arguments, result) ->
                        result instanceof Connection connection ? connection(connection, after) : result);
    }

    private static Connection connection(Connection inner, After after) {
        return proxy(
                Connection.class,
                inner,
                (method, arguments, result) -> result instanceof PreparedStatement statement
                                && String.valueOf(arguments[0]).startsWith("UPDATE gray_state")
                        ? statement(statement, after)
                        : result);
    }

    private static PreparedStatement statement(PreparedStatement inner, After after) {
        return proxy(PreparedStatement.class, inner, (method, arguments, result) -> {
            if (method.equals("executeUpdate")) {
                after.change();
            }
            return result;
        });
    }

    private static <T> T proxy(Class<T> type, T inner, Around around) {
        return type.cast(Proxy.newProxyInstance(
                FactChanges.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return around.returned(method.getName(), arguments, method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
