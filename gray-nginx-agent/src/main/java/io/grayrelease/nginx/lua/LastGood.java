package io.grayrelease.nginx.lua;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/**
 * A policy that all workers had, or that those were to start with that were tested with it. Immutable, as long as nobody changes its tree.
 *
 * @param tree see {@link LuaPolicy#tree}
 */
record LastGood(JsonObject tree, long revision, Instant at) {
    /** Reads a text that was pushed; null if it is none. */
    static @Nullable LastGood parse(String text, Instant at) {
        try {
            JsonObject tree = JsonParser.parseString(text).getAsJsonObject();
            JsonElement revision = tree.remove("revision");
            return revision == null ? null : new LastGood(tree, revision.getAsLong(), at);
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            return null;
        }
    }

    /** The hash of the policy; null: of none. */
    @Nullable
    String policy() {
        JsonElement policy = tree.get("policy");
        return policy == null ? null : policy.getAsString();
    }

    /** As it is pushed. */
    String text() {
        return LuaPolicy.text(tree, revision);
    }

    @Override
    public String toString() {
        return "revision " + revision;
    }
}
