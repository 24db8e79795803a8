package io.grayrelease.cli.ramp;

import java.util.SortedMap;

import io.grayrelease.cli.portal.Portal;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

/** A rule in Apollo. What others have written in the edit area and not released stays there, unreleased. */
public final class PortalRule implements RampedRule {
    private final Portal portal;
    private final String key;

    /** The rule of a key, {@code gray.rule.020-one-pct}. */
    public PortalRule(Portal portal, String key) {
        this.portal = portal;
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String released() {
        String text = portal.released().get(key);
        if (text == null) {
            throw new RampException(key + " is not released");
        }
        return text;
    }

    @Override
    public void publish(String text, String title) {
        SortedMap<String, String> next = portal.released();
        next.put(key, text);
        refuseErrors(Snapshot.of(next));
        portal.publish(keys -> keys.put(key, text), title, "");
    }

    private static void refuseErrors(Snapshot snapshot) {
        ParseResult result = PolicyParser.parse(snapshot);
        if (result.policy() == null) {
            throw new RampException("services would refuse this policy: " + result.errors());
        }
    }
}
