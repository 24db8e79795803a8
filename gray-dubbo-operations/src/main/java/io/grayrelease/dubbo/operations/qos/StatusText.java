package io.grayrelease.dubbo.operations.qos;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.apache.dubbo.rpc.model.ApplicationModel;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.dubbo.operations.fleet.InstanceView;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/** The answer to {@code gray status} of one application. */
final class StatusText {
    private final Clock clock;
    private final Text text = new Text();

    StatusText(ApplicationModel model, Clock clock) {
        this.clock = clock;
        GrayApplication application = GrayApplication.of(model);
        text.field("application", application.name());
        text.field("source", application.sourceName());
        if (!application.enabled()) {
            text.field("policy", "none: dubbo.gray.enabled=false, calls are routed as without gray");
            return;
        }
        policy(application.repository().status());
        String version = InstanceView.version(model);
        text.field("version", version == null ? "none" : version);
        References.forEach(model, live -> text.field("calls", live.service() + " - " + live.byVersion()));
    }

    private void policy(PolicyStatus status) {
        PolicyInForce inForce = status.inForce();
        text.field(
                "policy", inForce == null ? "none, all calls are baseline calls" : inForce(inForce, status.fromDisk()));
        if (inForce != null) {
            inForce.policy()
                    .migrations()
                    .values()
                    .forEach(migration -> text.field("data", migration.name() + " - " + migration.text()));
        }
        problems("warning", status.warnings());
        PolicyStatus.Rejection rejection = status.rejection();
        if (rejection != null) {
            text.field("rejected", rejection.hash() + ", " + since(rejection.at()));
            problems("problem", rejection.errors());
        }
    }

    private String inForce(PolicyInForce inForce, boolean fromDisk) {
        String switchedOff = inForce.policy().on() ? "" : ", switched off";
        String state = fromDisk ? ", from disk, not confirmed yet" : "";
        return inForce.policy().hash() + switchedOff + ", accepted " + since(inForce.acceptedAt()) + state;
    }

    /** To the second: a fraction tells nobody anything. */
    private String since(Instant time) {
        Duration age = Duration.between(time, clock.instant());
        return Instant.ofEpochSecond(time.getEpochSecond()) + " (" + Text.words(age) + " ago)";
    }

    private void problems(String name, List<Problem> problems) {
        problems.forEach(problem -> text.field(name, problem.toString()));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
