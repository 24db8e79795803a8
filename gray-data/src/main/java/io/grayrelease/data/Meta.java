package io.grayrelease.data;

/** What the other store knows of a key: the versions of its shared columns and of those that only the new store has. Immutable. */
final class Meta {
    static final Meta NONE = new Meta(Version.NONE, Version.NONE);

    private final long version;
    private final long versionOfOnlyNew;

    Meta(long version, long versionOfOnlyNew) {
        this.version = version;
        this.versionOfOnlyNew = versionOfOnlyNew;
    }

    long version() {
        return version;
    }

    long versionOfOnlyNew() {
        return versionOfOnlyNew;
    }
}
