package io.grayrelease.nginx.lua;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import io.grayrelease.nginx.drive.Applied;

/**
 * A policy that all workers had. Immutable, as long as nobody changes its tree.
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

    Applied applied() {
        JsonElement policy = tree.get("policy");
        return new Applied(revision, policy == null ? null : policy.getAsString(), at);
    }

    @Override
    public String toString() {
        return "revision " + revision;
    }
}
