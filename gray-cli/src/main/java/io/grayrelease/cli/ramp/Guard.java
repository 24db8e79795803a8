package io.grayrelease.cli.ramp;

/** Watches the gray version beside the baseline. */
public interface Guard {
    /** Asks now. Never throws: what cannot be asked is a {@link Judgement.Kind#HOLD}. */
    Judgement ask();
}
