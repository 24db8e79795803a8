package io.grayrelease.demo;

import java.util.Set;

/** What must become of the request of each uid in a step, computed apart from the product's own evaluator. */
@FunctionalInterface
interface Expectation {
    Expected of(long uid);

    /**
     * What must become of one request.
     *
     * @param tag the tag that every service sees
     * @param paths any of these
     */
    record Expected(String tag, Set<String> paths) {
        boolean isMetBy(Answer answer) {
            return tag.equals(answer.tag()) && paths.contains(answer.path());
        }

        @Override
        public String toString() {
            return tag + ", " + String.join(" or ", paths);
        }
    }
}
