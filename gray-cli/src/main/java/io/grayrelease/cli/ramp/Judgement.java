package io.grayrelease.cli.ramp;

/**
 * What a guard thinks of the gray version now.
 *
 * @param reason the figures, for people
 */
public record Judgement(Kind kind, String reason) {
    /** What it means for a ramp. */
    public enum Kind {
        /** The next step may come. */
        PASS,
        /** Not enough is known: wait and ask again. */
        HOLD,
        /** The gray version is worse than allowed: take it back. */
        BREACH
    }
}
