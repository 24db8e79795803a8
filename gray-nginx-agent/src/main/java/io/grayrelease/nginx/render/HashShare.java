package io.grayrelease.nginx.render;

import io.grayrelease.policy.model.Condition;

/**
 * Whether the bucket of a value lies in a range, by {@code split_clients}. A range that does not begin at 0 takes two splits, since the
 * bounds of several parts of one are summed up after rounding.
 */
final class HashShare {
    private final Declarations declarations;
    private final String value;
    private final Condition.Hash hash;

    private HashShare(Declarations declarations, String value, Condition.Hash hash) {
        this.declarations = declarations;
        this.value = value;
        this.hash = hash;
    }

    static String write(Declarations declarations, String value, Condition.Hash hash, Outcomes outcomes) {
        return new HashShare(declarations, value, hash).write(outcomes);
    }

    private String write(Outcomes outcomes) {
        if (hash.from() >= hash.to()) {
            return outcomes.no();
        }
        if (hash.from() == 0 && hash.to() == Condition.Hash.BUCKETS) {
            return declarations.map(MapTable.of(value, outcomes.yes()).whenEmpty(outcomes.no()));
        }
        String drawn = (hash.from() == 0 ? "0" : below(hash.from()))
                + (hash.to() == Condition.Hash.BUCKETS ? "1" : below(hash.to()));
        return declarations.map(MapTable.of(drawn + value, outcomes.no())
                .whenMatches(OneOfTexts.NOT_ASCII, outcomes.unknown())
                .whenMatches("^01.", outcomes.yes()));
    }

    /** 1 for buckets below a bound. */
    private String below(int bound) {
        String salt = Text.quoted(hash.salt(), hash.salt().indexOf('$') < 0 ? "" : declarations.dollar());
        return declarations.split(salt + ":" + value, bound);
    }
}
