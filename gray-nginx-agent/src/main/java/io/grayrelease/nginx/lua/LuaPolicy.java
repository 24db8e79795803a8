package io.grayrelease.nginx.lua;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.Condition;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Rule;

/** What is pushed to Nginx: a model in JSON, as {@code gray_policies.lua} reads it. */
public final class LuaPolicy {
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private LuaPolicy() {}

    /** A model as one text. All policy text in it is data: nothing of it is ever run. */
    public static String json(EdgeModel model, long revision) {
        return text(tree(model), revision);
    }

    static String text(JsonObject tree, long revision) {
        JsonObject numbered = tree.deepCopy();
        numbered.addProperty("revision", revision);
        return GSON.toJson(numbered);
    }

    /** All but the revision. */
    static JsonObject tree(EdgeModel model) {
        JsonObject tree = new JsonObject();
        GrayPolicy policy = model.policy();
        if (policy == null) {
            tree.addProperty("decides", "nothing");
        } else {
            tree.addProperty("policy", policy.hash());
            tree.add("rules", policy.on() ? rules(policy) : new JsonArray());
        }
        tree.add("sources", sources(model.sources()));
        tree.add("upstreams", upstreams(model.upstreams()));
        return tree;
    }

    private static JsonArray rules(GrayPolicy policy) {
        JsonArray rules = new JsonArray();
        for (Rule rule : policy.rules()) {
            if (!rule.off()) {
                JsonObject json = new JsonObject();
                json.add("if", rule.condition().accept(new ConditionJson()));
                if (rule.tag() != null) {
                    json.addProperty("tag", rule.tag());
                }
                json.addProperty("stop", rule.stop());
                rules.add(json);
            }
        }
        return rules;
    }

    private static JsonObject sources(HttpSources sources) {
        JsonObject json = new JsonObject();
        json.add("uid", sources(sources.uid()));
        json.add("token", sources(sources.token()));
        return json;
    }

    private static JsonArray sources(List<ValueSource> sources) {
        JsonArray json = new JsonArray();
        sources.forEach(source -> json.add(ValueJson.of(source)));
        return json;
    }

    private static JsonArray upstreams(List<ServiceUpstream> upstreams) {
        JsonArray all = new JsonArray();
        for (ServiceUpstream upstream : upstreams) {
            JsonObject json = new JsonObject();
            json.addProperty("name", upstream.name());
            json.add("baseline", texts(upstream.baseline()));
            JsonObject tags = new JsonObject();
            upstream.tags().entrySet().stream()
                    .sorted(java.util.Map.Entry.comparingByKey()) // so that equal models are equal texts
                    .forEach(tag -> tags.add(tag.getKey(), texts(tag.getValue())));
            json.add("tags", tags);
            all.add(json);
        }
        return all;
    }

    static JsonArray texts(Collection<String> texts) {
        JsonArray json = new JsonArray();
        texts.forEach(json::add);
        return json;
    }

    /** What cannot be expressed exactly: names that no header, cookie or parameter has for both, Java and Nginx. */
    static List<Problem> unsupported(@Nullable GrayPolicy policy) {
        List<Problem> problems = new ArrayList<>();
        if (policy != null && policy.on()) {
            for (Rule rule : policy.rules()) {
                if (!rule.off()) {
                    collect(rule.id().key(), rule.condition(), problems);
                }
            }
        }
        return problems;
    }

    private static void collect(String key, Condition condition, List<Problem> problems) {
        condition.operands().forEach(operand -> collect(key, operand, problems));
        condition
                .accept(new LookedAt())
                .filter(value -> !ValueJson.canBeNamed(value))
                .ifPresent(value -> {
                    String found = value.toString();
                    problems.add(Problem.ofKey(
                            key, found, "a name of printable ASCII characters: Nginx is asked for no other"));
                });
    }
}
