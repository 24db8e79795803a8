package io.grayrelease.cli.data;

import java.util.SortedMap;

import io.grayrelease.cli.portal.Portal;
import io.grayrelease.cli.portal.PortalPlace;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** The key that says which phase a migration shall be in, in Apollo's portal. */
final class WishKey {
    private final Portal portal;
    private final PortalPlace place;
    private final String key;

    WishKey(Portal portal, PortalPlace place, String migration) {
        this.portal = portal;
        this.place = place;
        this.key = DataMigration.PREFIX + migration;
    }

    /**
     * The text of another phase; what stands behind the phase stays.
     *
     * @throws DataException if the key is not released, or if somebody has changed it and not released that
     */
    String text(DataPhase phase) {
        String released = portal.released().get(key);
        if (released == null) {
            throw new DataException(key + " is not released in " + place.namespace());
        }
        int more = released.indexOf(';');
        String text = phase + (more < 0 ? "" : released.substring(more));
        String edited = portal.edited().get(key);
        if (edited != null && !edited.equals(released) && !edited.equals(text)) {
            throw new DataException("somebody has written " + key + " = " + edited + " in the edit area of "
                    + place.namespace() + " and not released it; release or undo that first");
        }
        return text;
    }

    /** Whether services get this text now. */
    boolean isReleased(String text) {
        return text.equals(portal.released().get(key));
    }

    /** Releases this text, and no other change. */
    void publish(String text) {
        SortedMap<String, String> next = portal.released();
        next.put(key, text);
        ParseResult result = PolicyParser.parse(Snapshot.of(next));
        if (result.policy() == null) {
            throw new DataException("services would refuse this policy: " + result.errors());
        }
        portal.publish(keys -> keys.put(key, text), "grayctl data: " + key + " = " + text, "");
    }

    PortalPlace place() {
        return place;
    }

    @Override
    public String toString() {
        return key;
    }
}
