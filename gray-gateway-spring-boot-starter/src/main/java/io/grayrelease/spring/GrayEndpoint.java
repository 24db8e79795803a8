package io.grayrelease.spring;

import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

import io.grayrelease.gateway.Entered.Origin;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.policy.decide.Clause;
import io.grayrelease.policy.decide.Explanation;
import io.grayrelease.policy.decide.Explanation.ExplainedRule;
import io.grayrelease.policy.decide.PolicyExplainer;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.decide.WrittenRequest;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * The Actuator endpoint {@code gray}: the policy in force, the entry and what has become of its requests; and why a request gets
 * its tags, {@code gray/uid=1001/header.x-env=beta}.
 */
@Endpoint(id = "gray")
public final class GrayEndpoint {
    private final GrayPolicies policies;
    private final EntrySettings settings;
    private final Entry entry;

    GrayEndpoint(GrayPolicies policies, EntrySettings settings, Entry entry) {
        this.policies = policies;
        this.settings = settings;
        this.entry = entry;
    }

    @ReadOperation
    public Map<String, Object> status() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("policy", policy(policies));
        answer.put("entry", entry());
        return answer;
    }

    /** A request as {@code grayctl explain} takes it, each value a part of the path. */
    @ReadOperation
    public WebEndpointResponse<Map<String, Object>> explain(
            @Selector(match = Selector.Match.ALL_REMAINING) String... values) {
        try {
            return new WebEndpointResponse<>(explain(WrittenRequest.parse(Arrays.asList(values))));
        } catch (IllegalArgumentException e) {
            return new WebEndpointResponse<>(
                    Collections.singletonMap("error", e.getMessage()), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    private Map<String, Object> explain(RequestView request) {
        PolicyInForce inForce = policies.current();
        Map<String, Object> answer = new LinkedHashMap<>();
        if (inForce == null) {
            answer.put("policy", "none");
            answer.put("why", whyNone(policies));
            return answer;
        }
        Explanation explanation =
                PolicyExplainer.of(inForce.policy(), Clock.systemUTC()).explain(asAtTheEntry(request));
        answer.put("policy", inForce.policy().hash());
        answer.put("tags", explanation.decision().tags().names());
        answer.put("reason", explanation.decision().reason());
        answer.put("rules", explanation.rules().stream().map(GrayEndpoint::rule).collect(Collectors.toList()));
        return answer;
    }

    /** What is in force, for the health of the application too. */
    static Map<String, Object> policy(GrayPolicies policies) {
        PolicyStatus status = policies.status();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("source", policies.source());
        PolicyInForce inForce = status.inForce();
        answer.put("hash", inForce == null ? "none" : inForce.policy().hash());
        if (inForce == null) {
            answer.put("why", whyNone(policies));
        } else {
            answer.put("switchedOn", inForce.policy().on());
            answer.put("acceptedAt", inForce.acceptedAt());
            answer.put("fromDisk", status.fromDisk());
        }
        answer.put("warnings", texts(status.warnings()));
        PolicyStatus.@Nullable Rejection rejection = status.rejection();
        if (rejection != null) {
            Map<String, Object> rejected = new LinkedHashMap<>();
            rejected.put("hash", rejection.hash());
            rejected.put("at", rejection.at());
            rejected.put("problems", texts(rejection.errors()));
            answer.put("rejected", rejected);
        }
        return answer;
    }

    private static String whyNone(GrayPolicies policies) {
        String absence = policies.absence();
        return (absence.isEmpty() ? "none has come from its source yet" : absence) + ": no request is decided";
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.toList());
    }

    private Map<String, Object> entry() {
        Map<String, Object> requests = new LinkedHashMap<>();
        for (Origin origin : Origin.values()) {
            requests.put(EntryMetrics.word(origin), entry.counts().requests(origin));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("role", settings.role());
        answer.put(
                "uidSources",
                settings.uidSources().stream().map(Object::toString).collect(Collectors.toList()));
        answer.put("signed", settings.signer() != null);
        answer.put("requests", requests);
        answer.put("forged", entry.counts().forged());
        return answer;
    }

    private static Map<String, Object> rule(ExplainedRule rule) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("rule", rule.rule().id().key());
        answer.put("outcome", rule.outcome());
        answer.put("why", rule.why());
        answer.put("condition", clause(rule.clause()));
        return answer;
    }

    /** Where no rule sees the headers that an edge takes away. */
    private static RequestView asAtTheEntry(RequestView request) {
        return value ->
                value.kind() == Value.Kind.HEADER && ForgeableNames.contain(value.name()) ? null : request.get(value);
    }

    private static Map<String, Object> clause(Clause clause) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("text", clause.text());
        answer.put("holds", clause.holds());
        if (!clause.why().isEmpty()) {
            answer.put("why", clause.why());
        }
        if (!clause.operands().isEmpty()) {
            answer.put(
                    "operands",
                    clause.operands().stream().map(GrayEndpoint::clause).collect(Collectors.toList()));
        }
        return answer;
    }
}
