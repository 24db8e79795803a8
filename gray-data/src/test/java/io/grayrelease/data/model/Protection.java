package io.grayrelease.data.model;

/** What keeps two stores equal, each of which the model can do without. */
enum Protection {
    /** A deleted key keeps its version at the other store. */
    TOMBSTONE,
    /** The columns that only the new store has have a version of their own. */
    VERSION_OF_NEW_COLUMNS,
    /** What is older than what the store knows is passed over. */
    COMPARED_VERSIONS,
    /** The copy writes a key only if no event has reached it. */
    CLAIM,
    /** An event waits in the outbox until it is applied, whatever was sent meanwhile: there is no cursor. */
    NO_CURSOR,
    /** A version is drawn under the lock of its row. */
    VERSION_UNDER_LOCK,
    /** A write commits only in the epoch that it began in, and the epoch ends only when no such write is under way. */
    FENCE,
    /** The primary is handed over only when its outbox is empty. */
    DRAIN,
    /** Hand-over and abort exclude each other. */
    ONE_COMMIT_POINT,
    /** The extra columns are kept beside the rows of the old store. */
    KEPT_EXTRAS,
    /** The copy brings the extra columns where only writes have overtaken it that do not know them. */
    COPIED_EXTRAS
}
