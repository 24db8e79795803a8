package io.grayrelease.benchmarks.data;

import java.sql.SQLException;

/**
 * What is wrong at the end.
 *
 * @param missing rows of the old store that the new one has not
 * @param extra rows of the new store that the old one has not
 * @param different rows of both that differ
 * @param lostInOld keys whose last acknowledged write is not in the old store
 * @param lostInNew likewise in the new one
 * @param extrasLost rows whose columns of the new store alone are not those of the last acknowledged write of them
 */
record Verdict(long rows, long missing, long extra, long different, long lostInOld, long lostInNew, long extrasLost) {
    /** Of what is wrong, some is printed. */
    private static final int EXAMPLES = 3;

    /** Reads both stores. */
    static Verdict of(Stores stores, Oracle oracle) throws SQLException {
        try (StateReader old = StateReader.ofOld(stores.old());
                StateReader ofNew = StateReader.ofNew(stores.ofNew())) {
            return of(FullCompare.of(old, ofNew, oracle.keys()), oracle);
        }
    }

    static Verdict of(FullCompare compare, Oracle oracle) {
        long lostInOld = 0;
        long lostInNew = 0;
        long extrasLost = 0;
        int told = 0;
        for (long key : oracle.keys()) {
            State inOld = compare.inOld(key);
            State inNew = compare.inNew(key);
            boolean oldIsRight = oracle.allowsRow(key, inOld);
            boolean newIsRight = oracle.allowsRow(key, inNew);
            boolean extrasAreRight = inNew == null || oracle.allowsExtras(key, inNew);
            lostInOld += oldIsRight ? 0 : 1;
            lostInNew += newIsRight ? 0 : 1;
            extrasLost += extrasAreRight ? 0 : 1;
            if (!(oldIsRight && newIsRight && extrasAreRight) && told++ < EXAMPLES) {
                System.out.println("wrong: in old " + inOld + ", in new " + inNew + ", after " + oracle.of(key));
            }
        }
        return new Verdict(
                compare.rows(),
                compare.missing(),
                compare.extra(),
                compare.different(),
                lostInOld,
                lostInNew,
                extrasLost);
    }

    long divergent() {
        return missing + extra + different;
    }

    boolean isClean() {
        return divergent() + lostInOld + lostInNew + extrasLost == 0;
    }
}
