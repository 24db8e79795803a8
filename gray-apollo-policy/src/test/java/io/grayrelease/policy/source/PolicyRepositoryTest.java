package io.grayrelease.policy.source;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.policy.model.DataPhase;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.model.Snapshot;

import static io.grayrelease.policy.source.Snapshots.bad;
import static io.grayrelease.policy.source.Snapshots.good;
import static io.grayrelease.policy.source.Snapshots.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

class PolicyRepositoryTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
    private static final Snapshot EMPTY = Snapshot.of(Map.of());
    private static final Snapshot OFF_AMONG_GARBAGE =
            snapshot("switch", "off", "rule.1-a", "uid ==", "route.T", "com.acme.Stock");

    private static final Snapshot BEYOND =
            snapshot("rule.1-a", "token == 1 => T", "rule.2-b", "token == 2 => T", "route.T", "com.acme.Stock:2.0.0");

    @TempDir
    Path folder;

    private final Logs logs = new Logs();

    @AfterEach
    void stop() {
        logs.close();
    }

    private PolicyRepository repository(Instant now) {
        return PolicyRepository.of(SnapshotStore.in(folder, "test"), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Of a process that cannot carry out rules about tokens. */
    private PolicyRepository limited(Instant now) {
        return PolicyRepository.of(
                SnapshotStore.in(folder, "test"), Clock.fixed(now, ZoneOffset.UTC), policy -> policy.rules().stream()
                        .filter(rule -> rule.id().text().contains("token"))
                        .map(rule -> Problem.ofKey(rule.id().key(), "a token", "none"))
                        .toList());
    }

    private static Snapshot inForce(PolicyRepository repository) {
        return repository.current().policy().snapshot();
    }

    @Test
    void new_hasNothing() {
        PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());

        assertThat(repository.restore()).isFalse();
        assertThat(repository.current()).isNull();
        assertThat(repository.status()).isEqualTo(PolicyStatus.NOTHING);
    }

    @Test
    void good_isInForceWithItsTime_andLoggedOnce() {
        PolicyRepository repository = repository(NOW);

        repository.offer(good(1));
        repository.offer(good(1));

        assertThat(inForce(repository)).isEqualTo(good(1));
        assertThat(repository.current().acceptedAt()).isEqualTo(NOW);
        assertThat(repository.status().inForce()).isSameAs(repository.current());
        assertThat(repository.status().fromDisk()).isFalse();
        assertThat(logs.lines())
                .containsExactly("INFO gray: policy " + good(1).hash() + " accepted: 1 rules, 1 routes");
    }

    @Test
    void equalSnapshot_changesNothing_notEvenTheTime() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        PolicyInForce before = repository.current();

        repository.offer(good(1));

        assertThat(repository.current()).isSameAs(before);
    }

    @Test
    void bad_changesNothing_andEveryProblemIsInOneLineAndInTheStatus() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        PolicyInForce before = repository.current();
        logs.clear();

        repository.offer(bad());

        assertThat(repository.current()).isSameAs(before);
        assertThat(repository.status().rejection().hash()).isEqualTo(bad().hash());
        assertThat(repository.status().rejection().at()).isEqualTo(NOW);
        assertThat(repository.status().rejection().errors())
                .extracting(Problem::key)
                .containsExactly("gray.rule.1-a", "gray.rule.2-b");
        assertThat(logs.lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARN gray: policy " + bad().hash() + " rejected, " + good(1).hash() + " stays in force")
                .contains("gray.rule.1-a", " | ", "gray.rule.2-b"));
    }

    @Test
    void sameRejectionAgain_isNotLoggedAgain_butAfterAGoodOneItIs() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        repository.offer(bad());
        repository.offer(bad());
        assertThat(logs.with("rejected")).hasSize(1);

        repository.offer(good(2));
        repository.offer(bad());
        assertThat(logs.with("rejected")).hasSize(2);
    }

    @Test
    void goodAgainAfterBad_endsTheRejection_andSaysSo() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        repository.offer(bad());

        repository.offer(good(1));

        assertThat(repository.status().rejection()).isNull();
        assertThat(logs.with(good(1).hash() + " is published again")).hasSize(1);
    }

    @Test
    void hundredsOfProblems_areCountedInTheLog_andAllInTheStatus() {
        PolicyRepository repository = repository(NOW);
        String[] keys = new String[2 * 300];
        for (int i = 0; i < 300; i++) {
            keys[2 * i] = "rule." + i + "-r" + i;
            keys[2 * i + 1] = "uid == 1 => nowhere";
        }

        repository.offer(snapshot(keys));

        assertThat(repository.status().rejection().errors()).hasSize(300);
        assertThat(logs.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith(" | and 250 more").containsOnlyOnce("gray.rule.0-r0,"));
    }

    @Test
    void lineBreakInAValue_makesNoSecondLogLine() {
        repository(NOW).offer(snapshot("rule.1-a", "uid == 1 \u2028INFO gray: policy accepted\nINFO x => T"));

        assertThat(logs.lines()).singleElement().asString().doesNotContain("\n", "\u2028");
    }

    @Test
    void restart_afterARejection_bringsTheLastAcceptedBack() {
        PolicyRepository before = repository(THEN);
        before.offer(good(1));
        before.offer(bad());

        PolicyRepository after = repository(NOW);

        assertThat(after.restore()).isTrue();
        assertThat(inForce(after)).isEqualTo(good(1));
        assertThat(after.current().acceptedAt()).isEqualTo(THEN);
        assertThat(after.status().fromDisk()).isTrue();
        assertThat(logs.with("INFO gray: policy " + good(1).hash() + " of " + THEN + " is back from disk"))
                .hasSize(1);
    }

    @Test
    void badAtStart_bringsTheLastAcceptedBack_andTheRejectionStaysKnown() {
        repository(THEN).offer(good(1));
        PolicyRepository after = repository(NOW);

        after.offer(bad());
        after.restore();

        assertThat(inForce(after)).isEqualTo(good(1));
        assertThat(after.status().fromDisk()).isTrue();
        assertThat(after.status().rejection().hash()).isEqualTo(bad().hash());
        assertThat(logs.with("rejected, " + good(1).hash() + " stays in force")).hasSize(1);
    }

    @Test
    void badAndNothingBefore_isNoPolicy() {
        PolicyRepository repository = repository(NOW);

        repository.offer(bad());

        assertThat(repository.current()).isNull();
        assertThat(repository.status().rejection()).isNotNull();
        assertThat(logs.with("rejected, none is in force")).hasSize(1);
    }

    @Test
    void restore_whileAPolicyIsInForce_doesNothing() {
        repository(THEN).offer(good(1));
        PolicyRepository repository = repository(NOW);
        repository.offer(good(2));

        assertThat(repository.restore()).isFalse();
        assertThat(inForce(repository)).isEqualTo(good(2));
    }

    @Test
    void restored_isConfirmedByAnEqualSnapshot_andReplacedByAnother() {
        repository(THEN).offer(good(1));
        PolicyRepository repository = repository(NOW);
        repository.restore();

        repository.offer(good(1));
        assertThat(repository.status().fromDisk()).isFalse();
        assertThat(repository.current().acceptedAt()).isEqualTo(THEN);

        repository.offer(good(2));
        assertThat(inForce(repository)).isEqualTo(good(2));
    }

    @Test
    void storedButNotReadableByThisVersion_isIgnoredWithItsProblems() {
        SnapshotStore.in(folder, "test").save(bad(), THEN);
        PolicyRepository repository = repository(NOW);

        assertThat(repository.restore()).isFalse();
        assertThat(repository.current()).isNull();
        assertThat(logs.lines()).singleElement().asString().contains("not usable any more", "gray.rule.1-a");
    }

    @Test
    void empty_withoutAPolicyBefore_isNoPolicyAndNoRejection() {
        PolicyRepository repository = repository(NOW);

        repository.offer(EMPTY);
        repository.offer(EMPTY);

        assertThat(repository.status()).isEqualTo(PolicyStatus.NOTHING);
        assertThat(logs.lines()).containsExactly("INFO gray: no policy: the namespace has no gray.* key");
    }

    @Test
    void empty_afterAPolicy_isRejectedAsSuspicious() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));

        repository.offer(EMPTY);

        assertThat(inForce(repository)).isEqualTo(good(1));
        assertThat(repository.status().rejection().errors()).singleElement().satisfies(problem -> assertThat(problem)
                .hasToString("namespace: found no gray.* key, expected the keys of a policy,"
                        + " or gray.switch = off to take everything away"));
    }

    @Test
    void empty_afterARestart_isRejectedToo() {
        repository(THEN).offer(good(1));
        PolicyRepository after = repository(NOW);

        after.offer(EMPTY);

        assertThat(inForce(after)).isEqualTo(good(1));
        assertThat(after.status().rejection()).isNotNull();
    }

    @Test
    void switchOffAmongGarbage_switchesOff_andKeepsTheRoutesOfTheLastAccepted() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));

        repository.offer(OFF_AMONG_GARBAGE);

        assertThat(repository.current().policy().on()).isFalse();
        assertThat(inForce(repository)).isEqualTo(good(1).with("gray.switch", "off"));
        assertThat(repository.status().rejection().hash()).isEqualTo(OFF_AMONG_GARBAGE.hash());
        assertThat(logs.with("rejected")).singleElement().asString().contains("gray.rule.1-a", "gray.route.T");
    }

    @Test
    void switchOffAmongGarbage_again_isNotLoggedAgain() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        repository.offer(OFF_AMONG_GARBAGE);
        logs.clear();

        repository.offer(OFF_AMONG_GARBAGE);

        assertThat(logs.lines()).isEmpty();
        assertThat(repository.status().rejection()).isNotNull();
    }

    @Test
    void switchOffAmongGarbage_afterARestart_keepsTheRoutesFromDisk_andNeverSwitchesThemOn() {
        repository(THEN).offer(good(1));
        logs.clear();
        PolicyRepository after = repository(NOW);

        after.offer(OFF_AMONG_GARBAGE);

        assertThat(inForce(after)).isEqualTo(good(1).with("gray.switch", "off"));
        assertThat(logs.with("is back from disk")).isEmpty();
    }

    @Test
    void switchOffAmongGarbage_withNothingBefore_isOff_andStaysOffAfterARestart() {
        repository(THEN).offer(OFF_AMONG_GARBAGE);
        PolicyRepository after = repository(NOW);
        after.restore();

        assertThat(inForce(after)).isEqualTo(snapshot("switch", "off"));
    }

    @Test
    void switchedOnAgainByAGoodSnapshot_isInForceAsItSays() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        repository.offer(OFF_AMONG_GARBAGE);

        repository.offer(good(1));

        assertThat(repository.current().policy().on()).isTrue();
        assertThat(repository.status().rejection()).isNull();
    }

    @Test
    void noRuleAfterRules_isAcceptedWithAWarning_thatStaysInTheStatus() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1));
        Snapshot routeOnly = snapshot("baseline", "com.acme.Stock:1.0.0");

        repository.offer(routeOnly);
        repository.offer(routeOnly);

        assertThat(inForce(repository)).isEqualTo(routeOnly);
        assertThat(repository.status().warnings()).singleElement().asString().contains("no rule", good(1).hash());
        assertThat(logs.with("no rule")).hasSize(1);

        repository.offer(snapshot("baseline", "com.acme.Stock:1.0.1"));
        assertThat(repository.status().warnings()).isEmpty();
    }

    @Test
    void phasesOfData_stayAsLastAccepted_switchedOffAmongGarbageToo() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1).with("gray.data.order-v2", "CAPTURE"));

        repository.offer(OFF_AMONG_GARBAGE.with("gray.data.order-v2", "NEW_PRIMARY"));

        assertThat(repository.current().policy().on()).isFalse();
        assertThat(phase(repository)).isEqualTo(DataPhase.CAPTURE);
        assertThat(repository.status().warnings()).isEmpty();

        PolicyRepository after = repository(NOW);
        after.offer(OFF_AMONG_GARBAGE);
        assertThat(phase(after)).isEqualTo(DataPhase.CAPTURE);
    }

    private static DataPhase phase(PolicyRepository repository) {
        return repository.current().policy().migrations().get("order-v2").phase();
    }

    @Test
    void phasesOfData_thatSkipOrVanish_areAcceptedWithAWarning() {
        PolicyRepository repository = repository(NOW);
        repository.offer(good(1).with("gray.data.order-v2", "NEW_PRIMARY"));
        assertThat(repository.status().warnings()).isEmpty();

        repository.offer(good(1).with("gray.data.order-v2", "CAPTURE"));
        assertThat(phase(repository)).isEqualTo(DataPhase.CAPTURE);
        assertThat(repository.status().warnings())
                .singleElement()
                .asString()
                .contains("a step from NEW_PRIMARY to CAPTURE", "NEW_ONLY or GRAY_READ");

        repository.offer(snapshot("switch", "off"));
        assertThat(repository.status().warnings())
                .extracting(Problem::key)
                .containsExactly("", "gray.data.order-v2"); // no rule, and no migration any more
        assertThat(logs.with("those that know it stay in CAPTURE")).hasSize(1);
    }

    @Test
    void beyondLimits_changesNothing_andEveryProblemIsNamed() {
        PolicyRepository repository = limited(NOW);
        repository.offer(good(1));

        repository.offer(BEYOND);

        assertThat(inForce(repository)).isEqualTo(good(1));
        assertThat(repository.status().rejection().hash()).isEqualTo(BEYOND.hash());
        assertThat(repository.status().rejection().errors())
                .extracting(Problem::key)
                .containsExactly("gray.rule.1-a", "gray.rule.2-b");
        assertThat(logs.with("rejected, " + good(1).hash() + " stays in force"))
                .singleElement()
                .asString()
                .contains("gray.rule.1-a: found a token, expected none", "gray.rule.2-b");
        PolicyRepository after = limited(NOW);
        after.restore();
        assertThat(inForce(after)).isEqualTo(good(1));
    }

    @Test
    void beyondLimits_fromDisk_isIgnoredWithItsProblems() {
        repository(THEN).offer(BEYOND);
        logs.clear();
        PolicyRepository after = limited(NOW);

        assertThat(after.restore()).isFalse();
        assertThat(after.current()).isNull();
        assertThat(logs.lines()).singleElement().asString().contains("not usable any more", "gray.rule.2-b");
    }

    @Test
    void beyondLimits_switchedOff_isOff_withTheRoutesOfTheLastAccepted() {
        PolicyRepository repository = limited(NOW);
        repository.offer(good(1));
        Snapshot off = BEYOND.with("gray.switch", "off");

        repository.offer(off);

        assertThat(inForce(repository)).isEqualTo(good(1).with("gray.switch", "off"));
        assertThat(repository.status().rejection().hash()).isEqualTo(off.hash());
    }

    @Test
    void beyondLimits_fromDisk_switchedOff_comesBack() {
        repository(THEN).offer(BEYOND.with("gray.switch", "off"));
        PolicyRepository after = limited(NOW);

        assertThat(after.restore()).isTrue();
        assertThat(after.current().policy().on()).isFalse();
    }

    @Test
    void listener_isToldOnceOfEveryChange_andOfNothingElse() {
        PolicyRepository repository = repository(NOW);
        List<PolicyStatus> told = new ArrayList<>();
        repository.listen(told::add);

        repository.offer(good(1));
        repository.offer(bad());
        repository.offer(bad());
        repository.offer(good(1));

        assertThat(told).hasSize(3);
        assertThat(told.get(0).inForce().policy().snapshot()).isEqualTo(good(1));
        assertThat(told.get(1).rejection().hash()).isEqualTo(bad().hash());
        assertThat(told.get(2).rejection()).isNull();
        assertThat(repository.status()).isSameAs(told.get(2));
    }

    @Test
    void listener_isToldOfWhatComesBackFromDisk() {
        repository(THEN).offer(good(1));
        PolicyRepository repository = repository(NOW);
        List<PolicyStatus> told = new ArrayList<>();
        repository.listen(told::add);

        repository.restore();
        repository.restore();

        assertThat(told).singleElement().satisfies(status -> assertThat(status.fromDisk())
                .isTrue());
    }

    @Test
    void listenerThatThrows_keepsNothingFromTheOthers() {
        PolicyRepository repository = repository(NOW);
        List<PolicyStatus> told = new ArrayList<>();
        repository.listen(status -> {
            throw new IllegalStateException("a listener's own fault");
        });
        repository.listen(told::add);

        repository.offer(good(1));

        assertThat(told).hasSize(1);
        assertThat(inForce(repository)).isEqualTo(good(1));
    }
}
