package io.grayrelease.nginx.lua;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.IpBlock;
import io.grayrelease.policy.model.Value;

/** Conditions as {@code gray_conditions.lua} reads them. */
final class ConditionJson implements Condition.Visitor<JsonObject> {
    /** Beyond it, milliseconds are not exact in Lua; it is 275,000 years away. */
    private static final long MAX_SECONDS = 8_640_000_000_000L;

    @Override
    public JsonObject visit(Condition.Always condition) {
        return is("always");
    }

    @Override
    public JsonObject visit(Condition.Not condition) {
        JsonObject json = is("not");
        json.add("of", condition.operand().accept(this));
        return json;
    }

    @Override
    public JsonObject visit(Condition.And condition) {
        return of("and", condition.operands());
    }

    @Override
    public JsonObject visit(Condition.Or condition) {
        return of("or", condition.operands());
    }

    private JsonObject of(String word, List<Condition> operands) {
        JsonArray all = new JsonArray();
        operands.forEach(operand -> all.add(operand.accept(this)));
        JsonObject json = is(word);
        json.add("of", all);
        return json;
    }

    @Override
    public JsonObject visit(Condition.Equal condition) {
        JsonObject json = oneOf(condition.value(), Set.of(condition.literal()));
        json.addProperty("negated", condition.negated());
        return about(condition.value(), json);
    }

    @Override
    public JsonObject visit(Condition.OneOf condition) {
        return about(condition.value(), oneOf(condition.value(), condition.literals()));
    }

    private static JsonObject oneOf(Value value, Collection<String> literals) {
        JsonObject json = is("in");
        json.add(
                "texts",
                LuaPolicy.texts(literals.stream().filter(ConditionJson::isAscii).toList()));
        json.addProperty("foreign", !literals.stream().allMatch(ConditionJson::isAscii));
        if (value.kind() == Value.Kind.IP) {
            addNetworks(json, literals);
        }
        return json;
    }

    private static void addNetworks(JsonObject json, Collection<String> literals) {
        JsonArray addresses = new JsonArray();
        JsonArray blocks = new JsonArray();
        for (String literal : literals) {
            byte[] address = IpBlock.address(literal);
            if (address != null) {
                addresses.add(hex(address));
            } else if (IpBlock.parse(literal) != null) {
                blocks.add(block(literal));
            }
        }
        json.add("addresses", addresses);
        json.add("blocks", blocks);
    }

    private static JsonObject block(String literal) {
        int slash = literal.indexOf('/');
        byte[] address = IpBlock.address(literal.substring(0, slash));
        if (address == null) {
            throw new IllegalStateException("a network has an address: " + literal);
        }
        JsonObject json = new JsonObject();
        json.addProperty("network", hex(address));
        json.addProperty("prefix", Integer.parseInt(literal.substring(slash + 1)));
        return json;
    }

    private static String hex(byte[] address) {
        return HexFormat.of().formatHex(address);
    }

    @Override
    public JsonObject visit(Condition.Like condition) {
        JsonObject json = is("like");
        if (isAscii(condition.pattern())) {
            json.addProperty("pattern", condition.pattern());
        } else {
            json.addProperty("foreign", true);
        }
        return about(condition.value(), json);
    }

    @Override
    public JsonObject visit(Condition.Modulo condition) {
        BigInteger first = condition.first().max(BigInteger.ZERO);
        BigInteger last = condition.last().min(condition.modulus().subtract(BigInteger.ONE));
        if (first.compareTo(last) > 0) {
            return about(condition.value(), is("never"));
        }
        JsonObject json = is("modulo");
        json.addProperty("modulus", condition.modulus().toString());
        json.addProperty("first", first.toString());
        json.addProperty("last", last.toString());
        return about(condition.value(), json);
    }

    @Override
    public JsonObject visit(Condition.Comparison condition) {
        JsonObject json = is("compare");
        json.addProperty("operator", operator(condition.operator()));
        json.addProperty("number", condition.number().toString());
        return about(condition.value(), json);
    }

    private static String operator(Condition.Comparison.Operator operator) {
        return switch (operator) {
            case LESS -> "<";
            case AT_MOST -> "<=";
            case GREATER -> ">";
            case AT_LEAST -> ">=";
        };
    }

    @Override
    public JsonObject visit(Condition.Hash condition) {
        JsonObject json = is("hash");
        json.addProperty("salt", condition.salt());
        json.addProperty("from", condition.from());
        json.addProperty("to", condition.to());
        return about(condition.value(), json);
    }

    @Override
    public JsonObject visit(Condition.Has condition) {
        return about(condition.value(), is("has"));
    }

    @Override
    public JsonObject visit(Condition.Within condition) {
        JsonObject json = is("now");
        json.addProperty("from", millis(condition.from()));
        json.addProperty("to", millis(condition.to()));
        return json;
    }

    /** The first millisecond that is not before a moment: clocks of Nginx tell no more. */
    private static long millis(Instant moment) {
        long seconds = Math.max(-MAX_SECONDS, Math.min(MAX_SECONDS, moment.getEpochSecond()));
        return seconds * 1_000 + (moment.getNano() + 999_999) / 1_000_000;
    }

    /** A predicate that looks at a value; where no request has it here, what it comes to. */
    private static JsonObject about(Value value, JsonObject predicate) {
        if (ValueJson.isOfCall(value)) {
            return is("unknown");
        }
        if (ValueJson.isNever(value)) {
            return is("never");
        }
        predicate.add("value", ValueJson.of(value));
        return predicate;
    }

    private static JsonObject is(String word) {
        JsonObject json = new JsonObject();
        json.addProperty("is", word);
        return json;
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
