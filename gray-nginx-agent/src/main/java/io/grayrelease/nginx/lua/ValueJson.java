package io.grayrelease.nginx.lua;

import java.util.Locale;

import com.google.gson.JsonObject;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.ValueSource;
import io.grayrelease.policy.model.Value;

/** Values as {@code gray_values.lua} reads them. */
final class ValueJson {
    private ValueJson() {}

    static JsonObject of(Value value) {
        return json(value.kind(), value.name());
    }

    static JsonObject of(ValueSource source) {
        return json(source.kind(), source.name());
    }

    private static JsonObject json(Enum<?> kind, String name) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind.name().toLowerCase(Locale.ROOT));
        if (!name.isEmpty()) {
            json.addProperty("name", name);
        }
        return json;
    }

    /** Whether only a call has it. */
    static boolean isOfCall(Value value) {
        return switch (value.kind()) {
            case CALLER, SERVICE, METHOD, ARG -> true;
            default -> false;
        };
    }

    /** Whether no request over HTTP has it. */
    static boolean isNever(Value value) {
        return switch (value.kind()) {
            case ATTACHMENT -> true;
            case HEADER -> ForgeableNames.contain(value.name());
            default -> false;
        };
    }

    /** Whether Nginx can be asked for it by its name. */
    static boolean canBeNamed(Value value) {
        return isNever(value) || value.name().chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
