package io.grayrelease.benchmarks.data;

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
    static Verdict of(FullCompare compare, Oracle oracle) {
        long lostInOld = 0;
        long lostInNew = 0;
        long extrasLost = 0;
        for (long key : oracle.keys()) {
            State inNew = compare.inNew(key);
            lostInOld += oracle.allowsRow(key, compare.inOld(key)) ? 0 : 1;
            lostInNew += oracle.allowsRow(key, inNew) ? 0 : 1;
            extrasLost += inNew == null || oracle.allowsExtras(key, inNew) ? 0 : 1;
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
