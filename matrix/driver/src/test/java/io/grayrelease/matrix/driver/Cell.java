package io.grayrelease.matrix.driver;

/** What became of a row in a column. */
enum Cell {
    /** The tag arrives everywhere, and every call goes to the version that the policy wants. */
    YES("yes"),
    /** The tag arrives everywhere; nobody chooses a version. */
    TAG_ONLY("tag only"),
    /** The tag does not arrive, and we cannot help it. */
    NO("no"),
    /** It should, and does not. */
    BROKEN("**broken**"),
    /** Dubbo has no such thing here. */
    NONE("–");

    private final String text;

    Cell(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
