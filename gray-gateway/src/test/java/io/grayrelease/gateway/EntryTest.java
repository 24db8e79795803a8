package io.grayrelease.gateway;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.grayrelease.gateway.Entered.Origin;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.policy.decide.Decision;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.model.Value.Kind;
import io.grayrelease.policy.source.PolicyRepository;

import static org.assertj.core.api.Assertions.assertThat;

class EntryTest {
    private static final TagSigner SIGNER = TagSigner.of(
            List.of("a key of at least 32 bytes, really".getBytes(StandardCharsets.US_ASCII)),
            Duration.ofMinutes(1),
            Clock.systemUTC());

    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());

    private Entry entry(Role role, String... rules) {
        return entry(EntrySettings.builder().setRole(role), rules);
    }

    private Entry entry(EntrySettings.Builder settings, String... rules) {
        Map<String, String> keys = new HashMap<>(Map.of("gray.route.T", "a:1", "gray.route.U", "a:2"));
        for (int i = 0; i < rules.length; i++) {
            keys.put("gray.rule." + (i + 1) + "-rule" + i, rules[i]);
        }
        repository.offer(Snapshot.of(keys));
        assertThat(repository.status().rejection()).isNull();
        return Entry.of(
                settings.setUidSources(EntrySettings.sources(List.of("header:x-uid", "cookie:uid", "param:uid")))
                        .build(),
                repository::current);
    }

    @Test
    void everythingThatHttpKnows_decides() {
        Entry entry = entry(
                Role.EDGE,
                "uid == 7 && header[\"X-App\"] == ios && cookie[\"beta\"] == yes && param[\"p\"] == q && ip == 192.0.2.1"
                        + " && token == t => T");
        Head head = Head.of("x-uid", "7", "x-app", "ios", "cookie", "beta=yes", "x-gray-token", "t")
                .query("p=q");

        Entered entered = entry.enter(head, null);

        assertThat(entered.origin()).isEqualTo(Origin.DECIDED);
        assertThat(entered.tags()).isEqualTo(Tags.of("T"));
        assertThat(entered.uid()).isEqualTo("7");
    }

    @Test
    void uid_ofThePrincipal_thenOfTheSourcesInOrder() {
        Entry entry = entry(Role.EDGE, "uid == 7 => T");

        assertThat(entry.enter(Head.of("x-uid", "8"), "7").tags()).isEqualTo(Tags.of("T"));
        assertThat(entry.enter(Head.of("cookie", "uid=8").query("uid=7"), null).uid())
                .isEqualTo("8");
        assertThat(entry.enter(Head.of("x-uid", "").query("uid=7"), null).uid()).isEqualTo("7");
        assertThat(entry.enter(Head.of(), null).uid()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-gray-tag", "X-Gray-Tag", "X-GRAY-TAG", "baggage"})
    void atAnEdge_nobodyChoosesATag(String header) {
        Entry entry = entry(Role.EDGE, "uid == 7 => T");

        Entered entered = entry.enter(Head.of(header, header.equals("baggage") ? "gray.tag=T" : "T"), null);

        assertThat(entered.origin()).isEqualTo(Origin.DECIDED);
        assertThat(entered.tags()).isEqualTo(Tags.NONE);
        assertThat(entered.forged()).isTrue();
    }

    @Test
    void atAnEdge_aRuleDoesNotSeeForgedHeaders() {
        Entry entry = entry(Role.EDGE, "header[\"X-Gray-Tag\"] == T || has(header[\"dubbo.tag\"]) => T");

        assertThat(entry.enter(Head.of("x-gray-tag", "T", "Dubbo.Tag", "x"), null)
                        .tags())
                .isEqualTo(Tags.NONE);
    }

    @Test
    void theAddress_isFoundOnce() {
        List<String> asked = new ArrayList<>();
        Head said = Head.of("x-forwarded-for", "203.0.113.9").from("10.0.0.1");
        HttpHead head = (HttpHead) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpHead.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    return method.invoke(said, arguments);
                });
        EntrySettings.Builder settings =
                EntrySettings.builder().setClientAddress(ClientAddress.behind(List.of("10.0.0.0/8")));
        Entry entry = entry(settings, "ip == 203.0.113.8 || ip == 203.0.113.9 => T", "ip == 203.0.113.7 => U");

        assertThat(entry.enter(head, null).tags()).isEqualTo(Tags.of("T"));
        assertThat(asked).containsOnlyOnce("peer");
    }

    @Test
    void inside_tagsAreCarried_malformedOnesAreBaseline() {
        Entry entry = entry(Role.INTERNAL, "true => T");

        assertThat(entry.enter(Head.of("x-gray-tag", "U"), null).tags()).isEqualTo(Tags.of("U"));
        assertThat(entry.enter(Head.of("baggage", "a=b,gray.tag=U%2CT"), null).tags())
                .isEqualTo(Tags.of("U", "T"));
        assertThat(entry.enter(Head.of("x-gray-tag", "-", "baggage", "gray.tag=U"), null)
                        .tags())
                .isEqualTo(Tags.NONE);
        assertThat(entry.enter(Head.of("x-gray-tag", "no tag!"), null).tags()).isEqualTo(Tags.NONE);
        assertThat(entry.enter(Head.of(), null).tags()).isEqualTo(Tags.of("T"));
    }

    @Test
    void signedTags_areBelievedAtAnEdge_othersAreNot() {
        Entry entry = entry(EntrySettings.builder().setSigner(SIGNER), "uid == 7 => T");
        String signature = SIGNER.sign("U", null);

        assertThat(entry.enter(Head.of("x-gray-tag", "U", "x-gray-sig", signature), null)
                        .tags())
                .isEqualTo(Tags.of("U"));
        assertThat(entry.enter(Head.of("x-gray-tag", "T", "x-gray-sig", signature), null)
                        .tags())
                .isEqualTo(Tags.NONE);
        assertThat(entry.enter(Head.of("x-gray-tag", "U"), null).forged()).isTrue();
    }

    @Test
    void whatOnlyADubboCallHas_leavesItUndecided_butOnlyIfARuleAsks() {
        Entry entry = entry(Role.EDGE, "uid == 7 => T ; stop", "service == \"com.acme.Order\" => U");

        assertThat(entry.enter(Head.of("x-uid", "7"), null).origin()).isEqualTo(Origin.DECIDED);
        assertThat(entry.enter(Head.of("x-uid", "8"), null).origin()).isEqualTo(Origin.UNDECIDED);
        assertThat(entry.enter(Head.of("x-uid", "8"), null).uid()).isEqualTo("8");
    }

    @Test
    void undecided_itKeepsWhatTheFirstCallNeeds() {
        Entry entry = entry(Role.EDGE, "service == \"com.acme.Order\" && cookie[\"beta\"] == yes => T");
        List<Map.Entry<String, String>> reused =
                new ArrayList<>(List.of(Map.entry("Cookie", "beta=yes"), Map.entry("X-App", "ios")));

        RequestView values =
                entry.enter(new Head(reused, "p=q", "192.0.2.1"), "7").values();
        reused.clear(); // the server has another request in it

        assertThat(values).isNotNull();
        assertThat(values.get(Value.named(Kind.COOKIE, "beta"))).isEqualTo("yes");
        assertThat(values.get(Value.named(Kind.HEADER, "x-app"))).isEqualTo("ios");
        assertThat(values.get(Value.named(Kind.PARAM, "p"))).isEqualTo("q");
        assertThat(values.get(Value.of(Kind.IP))).isEqualTo("192.0.2.1");
        assertThat(values.get(Value.of(Kind.UID))).isEqualTo("7");
        assertThat(values.get(Value.of(Kind.SERVICE))).isNull();
    }

    @Test
    void itCounts() {
        Entry entry = entry(EntrySettings.builder().setSigner(SIGNER), "uid == 7 => T");

        entry.enter(Head.of("x-gray-tag", "U", "x-gray-sig", SIGNER.sign("U", null)), null);
        entry.enter(Head.of("x-gray-tag", "U", "x-gray-sig", SIGNER.sign("T", null)), null);
        entry.enter(Head.of(), null);

        assertThat(entry.counts().requests(Origin.CARRIED)).isEqualTo(1);
        assertThat(entry.counts().requests(Origin.DECIDED)).isEqualTo(2);
        assertThat(entry.counts().requests(Origin.UNDECIDED)).isZero();
        assertThat(entry.counts().forged()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gray-tag", "Gray-Uid", "dubbo.tag", "tri-header-convert", "x-gray-sig"})
    void otherHeadersThatChooseInside_countAsForged_atAnEdgeOnly(String name) {
        assertThat(entry(Role.EDGE, "uid == 7 => T")
                        .enter(Head.of(name, "T"), null)
                        .forged())
                .isTrue();
        assertThat(entry(Role.INTERNAL, "uid == 7 => T")
                        .enter(Head.of(name, "T"), null)
                        .forged())
                .isFalse();
    }

    @Test
    void anEncodedMember_countsAsForged_andIsNotRead() {
        Head head = Head.of("baggage", "gray%2Etag=T");

        assertThat(entry(Role.EDGE, "uid == 7 => T").enter(head, null).forged()).isTrue();
        assertThat(entry(Role.INTERNAL, "uid == 7 => T").enter(head, null).tags())
                .isEqualTo(Tags.NONE);
    }

    @Test
    void onlyWhatStands_isTold() {
        List<Decision> told = new ArrayList<>();
        entry(Role.EDGE, "uid == 7 => T ; stop", "service == \"com.acme.Order\" => U");
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current, told::add);

        entry.enter(Head.of("x-uid", "7"), null);
        entry.enter(Head.of("x-uid", "8"), null);

        assertThat(told).extracting(Decision::tags).containsExactly(Tags.of("T"));
    }

    @Test
    void withoutAPolicy_itIsUndecided() {
        Entry entry = Entry.of(EntrySettings.builder().build(), () -> null);

        assertThat(entry.enter(Head.of("x-uid", "7"), null).origin()).isEqualTo(Origin.UNDECIDED);
        assertThat(entry.enter(Head.of("x-uid", "7"), null).uid()).isEqualTo("7");
    }
}
