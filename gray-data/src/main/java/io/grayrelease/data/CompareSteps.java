package io.grayrelease.data;

/** What happens between the steps of a comparison; tests put other writes there. */
interface CompareSteps {
    CompareSteps NONE = new CompareSteps() {};

    default void chunkSummed() {}

    default void otherRead() {}

    default void chunkCompared() {}
}
