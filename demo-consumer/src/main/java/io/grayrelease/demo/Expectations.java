package io.grayrelease.demo;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;

import io.grayrelease.demo.Expectation.Expected;

/** The expectations of the steps, in plain code: nothing here parses a policy or asks the product. */
final class Expectations {
    static final Set<Long> TESTERS = Set.of(1001L, 1002L, 1003L);

    private static final String ORDER_TAG = "order-v2";
    private static final String STOCK_TAG = "stock-v2";
    private static final String BOTH_TAG = "both-v2";
    private static final String BASELINE = "-";

    private Expectations() {}

    /** Every version serves everybody, and nothing is decided. */
    static Expectation noPolicy() {
        Set<String> all = new TreeSet<>(Set.of(path(1, 1), path(1, 2), path(2, 1), path(2, 2)));
        return uid -> new Expected("none", all);
    }

    static Expectation testers() {
        return order(TESTERS::contains);
    }

    /** The testers, and all uids with {@code uid % 100} below a bound. */
    static Expectation testersAndShare(long percent) {
        return order(uid -> TESTERS.contains(uid) || uid % 100 < percent);
    }

    /** Both services turn gray together: nobody ever crosses. */
    static Expectation both(long percent) {
        return uid -> uid % 100 < percent
                ? new Expected(BOTH_TAG, Set.of(path(2, 2)))
                : new Expected(BASELINE, Set.of(path(1, 1)));
    }

    /** As {@link #both}, while the gray stock is dying: its users may get either. */
    static Expectation bothWhileStockDies(long percent) {
        return uid -> uid % 100 < percent
                ? new Expected(BOTH_TAG, new TreeSet<>(Set.of(path(2, 1), path(2, 2))))
                : new Expected(BASELINE, Set.of(path(1, 1)));
    }

    /** As {@link #both}, with the gray stock gone: its users fall back. */
    static Expectation bothWithoutStock(long percent) {
        return uid -> uid % 100 < percent
                ? new Expected(BOTH_TAG, Set.of(path(2, 1)))
                : new Expected(BASELINE, Set.of(path(1, 1)));
    }

    /** Two releases side by side, each with a salt of its own. */
    static Expectation twoReleases() {
        return uid ->
                twoReleases(SplitClients.isBelow("order-2026", uid, 30), SplitClients.isBelow("stock-2026", uid, 20));
    }

    static Expectation everybodyBaseline() {
        return uid -> new Expected(BASELINE, Set.of(path(1, 1)));
    }

    private static Expected twoReleases(boolean order, boolean stock) {
        List<String> tags = order && stock
                ? List.of(ORDER_TAG, STOCK_TAG)
                : order ? List.of(ORDER_TAG) : stock ? List.of(STOCK_TAG) : List.of(BASELINE);
        return new Expected(String.join(",", tags), Set.of(path(order ? 2 : 1, stock ? 2 : 1)));
    }

    private static Expectation order(LongPredicate gray) {
        return uid -> gray.test(uid)
                ? new Expected(ORDER_TAG, Set.of(path(2, 1)))
                : new Expected(BASELINE, Set.of(path(1, 1)));
    }

    private static String path(int order, int stock) {
        return "order " + order + ".0.0 > stock " + stock + ".0.0";
    }
}
