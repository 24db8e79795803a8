package io.grayrelease.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** One table in two stores: its names, its key, the columns of both, and those that only the new store has. Immutable. */
public final class Table {
    private static final Pattern COLUMN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    // A reserved word such as order stands in the quotes of its database.
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.\"`]+");

    private final String oldName;
    private final String newName;
    private final List<String> key;
    private final List<String> shared;
    private final Map<String, @Nullable String> onlyNew;
    private final List<String> left;

    private Table(Builder builder) {
        this.oldName = builder.oldName;
        this.newName = builder.newName;
        this.key = Collections.unmodifiableList(new ArrayList<>(builder.key));
        List<String> keyAndShared = new ArrayList<>(builder.key);
        keyAndShared.addAll(builder.shared);
        this.shared = Collections.unmodifiableList(keyAndShared);
        this.onlyNew = Collections.unmodifiableMap(new LinkedHashMap<>(builder.onlyNew));
        this.left = Collections.unmodifiableList(new ArrayList<>(builder.left));
    }

    /** Begins a table that has this name in both stores. */
    public static Builder named(String name) {
        return new Builder(name);
    }

    String oldName() {
        return oldName;
    }

    String newName() {
        return newName;
    }

    List<String> key() {
        return key;
    }

    /** The columns of both stores, those of the key first. */
    List<String> shared() {
        return shared;
    }

    /** The columns that only the new store has, with the texts of their defaults. */
    Map<String, @Nullable String> onlyNew() {
        return onlyNew;
    }

    /** The columns of the old store that stay behind. */
    List<String> left() {
        return left;
    }

    List<String> columnsOfNew() {
        List<String> all = new ArrayList<>(shared);
        all.addAll(onlyNew.keySet());
        return all;
    }

    /** The values of some columns, as texts. */
    static Map<String, @Nullable String> texts(Iterable<String> columns, Row row) {
        Map<String, @Nullable String> texts = new LinkedHashMap<>();
        for (String column : columns) {
            texts.put(column, Texts.of(row.value(column)));
        }
        return texts;
    }

    /** Gathers a table; not thread-safe. */
    public static final class Builder {
        private final String oldName;
        private String newName;
        private List<String> key = Collections.emptyList();
        private List<String> shared = Collections.emptyList();
        private final Map<String, @Nullable String> onlyNew = new LinkedHashMap<>();
        private List<String> left = Collections.emptyList();

        private Builder(String name) {
            this.oldName = checked(TABLE, name);
            this.newName = name;
        }

        /** Its name in the new store, where that is another. */
        public Builder namedInNew(String name) {
            newName = checked(TABLE, name);
            return this;
        }

        /** The columns of the primary key, in its order; integers, texts or UUIDs. */
        public Builder key(String... columns) {
            key = checked(columns);
            return this;
        }

        /** The other columns that both stores have. */
        public Builder shared(String... columns) {
            shared = checked(columns);
            return this;
        }

        /** A column that only the new store has, and what it holds while no new version has written it. */
        public Builder onlyNew(String column, @Nullable Object byDefault) {
            onlyNew.put(checked(COLUMN, column), Texts.of(byDefault));
            return this;
        }

        /**
         * Columns that the old store has and that stay behind: nobody copies or compares them, and they are gone with the old store.
         * One that is neither declared nor left keeps the migration from {@code CAPTURE}.
         */
        public Builder leaves(String... columns) {
            left = checked(columns);
            return this;
        }

        /**
         * The table.
         *
         * @throws IllegalArgumentException if it has no key, or a column twice
         */
        public Table build() {
            if (key.isEmpty()) {
                throw new IllegalArgumentException(oldName + ": found no key, expected at least one column");
            }
            Map<String, String> seen = new HashMap<>();
            for (String column : new Table(this).columnsOfNew()) {
                if (seen.put(column, column) != null) {
                    throw new IllegalArgumentException(oldName + ": found column " + column + " twice, expected once");
                }
            }
            return new Table(this);
        }

        private static List<String> checked(String... columns) {
            for (String column : columns) {
                checked(COLUMN, column);
            }
            return new ArrayList<>(Arrays.asList(columns));
        }

        private static String checked(Pattern form, String name) {
            if (!form.matcher(name).matches()) {
                throw new IllegalArgumentException("name: found " + name + ", expected " + form);
            }
            return name;
        }
    }
}
