package io.grayrelease.cli.text;

import java.nio.file.Path;

/** A place that the text of a policy can be read from. */
@FunctionalInterface
public interface PolicyText {
    /** How people write places, for help texts. */
    String FORMS = "FILE or apollo:<meta-url>/<app>/<cluster>/<namespace>";

    /** Reads it, once. */
    Document read() throws UnreadableException;

    /**
     * The place that a person wrote.
     *
     * @throws IllegalArgumentException if it is not written as {@link #FORMS} says; the message tells how
     */
    static PolicyText at(String place) {
        return place.startsWith(ApolloText.PREFIX) ? ApolloText.at(place) : new FileText(Path.of(place));
    }
}
