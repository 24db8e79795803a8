package io.grayrelease.dubbo.filter;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code arg[0].a.b}: an argument, then map keys, record components or getters. Anything absent is null, and so is
 * what cannot be read. Thread-safe.
 */
final class Arguments {
    /** Per class and name, the public method that answers; forgotten with the class. */
    private static final ClassValue<Map<String, Optional<Method>>> ACCESSORS =
            new ClassValue<Map<String, Optional<Method>>>() {
                @Override
                protected Map<String, Optional<Method>> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    private Arguments() {}

    static @Nullable String text(Object @Nullable [] arguments, int index, List<String> path) {
        @Nullable Object value = arguments == null || index >= arguments.length ? null : arguments[index];
        for (String name : path) {
            if (value == null) {
                break;
            }
            value = member(value, name);
        }
        return text(value);
    }

    /** A single value as text: strings, numbers, booleans, enums by name; null for anything composed. */
    static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Enum) {
            return ((Enum<?>) value).name();
        }
        if (value instanceof BigDecimal) {
            return ((BigDecimal) value).toPlainString();
        }
        boolean single = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof UUID;
        return single ? value.toString() : null;
    }

    private static @Nullable Object member(Object owner, String name) {
        if (owner instanceof Map) {
            return ((Map<?, ?>) owner).get(name);
        }
        Optional<Method> accessor =
                ACCESSORS.get(owner.getClass()).computeIfAbsent(name, key -> accessor(owner.getClass(), key));
        try {
            return accessor.isPresent() ? accessor.get().invoke(owner) : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // a getter that fails has no value to offer
        }
    }

    private static Optional<Method> accessor(Class<?> type, String name) {
        String capital = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        Stream<String> names = Stream.of(isRecordWith(type, name) ? name : "get" + capital, "is" + capital);
        return names.map(candidate -> method(type, candidate))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Only a record's component may be asked by the bare name: elsewhere that could be a method that does something. */
    private static boolean isRecordWith(Class<?> type, String component) {
        return type.getSuperclass() != null
                && type.getSuperclass().getName().equals("java.lang.Record")
                && Arrays.stream(type.getDeclaredFields())
                        .anyMatch(
                                field -> field.getName().equals(component) && !Modifier.isStatic(field.getModifiers()));
    }

    private static @Nullable Method method(Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
                return null;
            }
            method.setAccessible(true); // a public getter of a class that is not public
            return method;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
