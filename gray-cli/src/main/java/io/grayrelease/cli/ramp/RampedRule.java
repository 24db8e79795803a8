package io.grayrelease.cli.ramp;

/** The rule of a ramp where it is published. */
public interface RampedRule {
    /** Its key, {@code gray.rule.020-one-pct}. */
    String key();

    /** Its text as services have it now. */
    String released();

    /**
     * Publishes another text of it.
     *
     * @param title for the history of the namespace
     */
    void publish(String text, String title);
}
