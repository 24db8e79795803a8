package io.grayrelease.dubbo.operations.qos;

import java.time.Clock;
import java.util.Locale;

import org.apache.dubbo.rpc.model.ApplicationModel;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.context.RouteOutcome;
import io.grayrelease.dubbo.router.LiveProviders;
import io.grayrelease.policy.decide.Clause;
import io.grayrelease.policy.decide.DataRead;
import io.grayrelease.policy.decide.Explanation;
import io.grayrelease.policy.decide.Explanation.ExplainedRule;
import io.grayrelease.policy.decide.PolicyExplainer;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.DataMigration;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.source.PolicyInForce;

/** The answer to {@code gray explain} of one application. */
final class ExplainText {
    private final Text text = new Text();
    private boolean called;

    ExplainText(ApplicationModel model, String service, RequestView request, Clock clock) {
        GrayApplication application = GrayApplication.of(model);
        text.field("application", application.name());
        PolicyInForce inForce = application.policy();
        if (inForce == null) {
            text.field("policy", "none, all calls are baseline calls");
            return;
        }
        GrayPolicy policy = inForce.policy();
        text.field("policy", policy.hash());
        Explanation explanation = PolicyExplainer.of(policy, clock).explain(request);
        explanation.rules().forEach(this::rule);
        Tags tags = explanation.decision().tags();
        text.field("tags", tags.isEmpty() ? "none, a baseline request" : String.join(", ", tags.names()));
        policy.migrations().values().forEach(migration -> data(migration, DataRead.of(migration, policy.on(), tags)));
        References.forEach(model, live -> {
            if (live.service().equals(service)) {
                route(live, policy, tags);
            }
        });
        if (!called) {
            text.line(application.name() + " does not call " + service + ", or not yet");
        }
    }

    private void rule(ExplainedRule rule) {
        text.line(rule.rule().id().key() + " = " + rule.rule().id().text());
        text.line("  " + rule.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + rule.why());
        clause(rule.clause(), "    ");
    }

    private void clause(Clause clause, String indent) {
        String why = clause.why().isEmpty() ? "" : ": " + clause.why();
        text.line(indent + (clause.holds() ? "yes  " : "no   ") + clause.text() + why);
        clause.operands().forEach(operand -> clause(operand, indent + "    "));
    }

    private void data(DataMigration migration, DataRead read) {
        text.field("data", migration.name() + " - " + read.store() + " store, " + read.why());
    }

    private void route(LiveProviders<?> live, GrayPolicy policy, Tags tags) {
        called = true;
        RouteOutcome outcome = live.outcome(policy, tags);
        LiveProviders<?> routed = live.routed(policy, tags);
        text.field("alive", live.size() == 0 ? "no provider" : live.byVersion());
        text.field("outcome", outcome.kind().name().toLowerCase(Locale.ROOT) + ": " + outcome.reason());
        text.field("goes to", routed.size() == 0 ? "no provider" : routed.byVersion());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
