package io.grayrelease.data;

import java.sql.SQLException;

/** Begins parts of the copy, in a service as in a tool. */
final class Copying implements Copy.Situation {
    /** Where the migration is, as well as the caller needs to know it at any time. */
    interface Look {
        Fact fact() throws SQLException;
    }

    private final Direction forward;
    private final Table table;
    private final Look look;

    Copying(Direction forward, Table table, Look look) {
        this.forward = forward;
        this.table = table;
        this.look = look;
    }

    /** @throws IllegalStateException in a phase in which nothing is copied */
    Copy begin(Fact fact, CopySettings settings, Copier.Steps steps) {
        if (!isCopied(fact)) {
            throw new IllegalStateException("phase: found " + fact.phase() + ", expected CAPTURE or GRAY_READ");
        }
        Copier copier = new Copier(forward.migration(), forward.from(), forward.to(), table, forward.applier(), steps);
        Copy copy = new Copy(forward.migration(), copier, settings, this);
        copy.start();
        return copy;
    }

    private static boolean isCopied(Fact fact) {
        return fact.captures() && !fact.newIsPrimary();
    }

    @Override
    public boolean captures() {
        try {
            return isCopied(look.fact());
        } catch (SQLException e) {
            // It is not known to be otherwise.
            return true;
        }
    }

    @Override
    public int eventsWaiting() throws SQLException {
        return Sql.own(forward.from().source(), forward.outbox()::backlog).events();
    }
}
