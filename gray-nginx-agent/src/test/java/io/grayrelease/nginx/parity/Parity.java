package io.grayrelease.nginx.parity;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.ValueSource;
import io.grayrelease.nginx.Backend;
import io.grayrelease.nginx.LiveNginx;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.HttpSources;
import io.grayrelease.nginx.model.Server;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.nginx.model.UpstreamTarget;
import io.grayrelease.policy.model.Baggage;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.parse.ParseResult;
import io.grayrelease.policy.parse.PolicyParser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Generated policies and requests: Nginx gives each request the tags, the uid and the server that Java does. */
abstract class Parity {
    /** Enough for 20,000 requests, though some policies cannot be expressed. */
    private static final int POLICIES = 260;

    private static final int REQUESTS = 120;
    private static final int ASKED_AT_LEAST = 20_000;
    private static final long SEED = 20_261_126;

    static final UpstreamTarget WEB = new UpstreamTarget("web", "web", null);
    static final HttpSources SOURCES = new HttpSources(
            Stream.of("header:x-uid", "cookie:uid", "param:uid")
                    .map(ValueSource::parse)
                    .toList(),
            List.of(ValueSource.parse("header:x-gray-token")),
            List.of("127.0.0.0/8"));

    /** Hands everything on, and says what was decided. */
    static final String SERVER =
            """
            include %s/gray-http.conf;
            server {
              listen 127.0.0.1:PORT;
              location / {
                include %s/gray-proxy.conf;
                add_header x-decided $gray_tag always;
                add_header x-revision $gray_revision always;
                proxy_pass http://$gray_upstream_web;
              }
            }
            """;

    @TempDir
    Path folder;

    private List<Backend> backends;

    /** Whether the driver can express a policy. */
    abstract boolean canExpress(GrayPolicy policy);

    /** Starts Nginx with a server that hands everything on to {@code web}. */
    abstract LiveNginx start() throws Exception;

    /** Brings a model into force; its revision. */
    abstract long load(EdgeModel model) throws Exception;

    abstract void stop() throws Exception;

    @BeforeEach
    void startBackends() throws Exception {
        backends = List.of(Backend.start("1.0.0"), Backend.start("2.0.0"), Backend.start("2.1.0"), Backend.start(null));
    }

    @AfterEach
    void stopAll() throws Exception {
        stop();
        for (Backend backend : backends) {
            backend.close();
        }
    }

    @Test
    void nginx_givesEveryRequest_whatJavaGives() throws Exception {
        LiveNginx nginx = start();
        Random random = new Random(SEED);
        PolicyGenerator policies = new PolicyGenerator(random);
        Tally tally = new Tally();
        for (int i = 0; i < POLICIES; i++) {
            GrayPolicy policy = parse(policies.next());
            if (canExpress(policy)) {
                ask(nginx, policy, random, tally);
            } else {
                tally.refused++;
            }
        }
        System.out.println(tally); // for the records: how much of it meant something
        assertThat(tally.asked).isGreaterThanOrEqualTo(ASKED_AT_LEAST);
        assertThat(tally.tagged).isGreaterThan(tally.asked / 10);
    }

    private void ask(LiveNginx nginx, GrayPolicy policy, Random random, Tally tally) throws Exception {
        List<Server> alive = someOf(Backend.servers(backends), random);
        long revision = load(new EdgeModel(policy, SOURCES, List.of(ServiceUpstream.of(policy, WEB, alive))));
        Oracle oracle = new Oracle(policy, SOURCES, alive, random);
        RequestGenerator requests = new RequestGenerator(random);
        try (RawClient client = connect(nginx, revision)) {
            for (int i = 0; i < REQUESTS; i++) {
                HttpCase request = requests.next();
                check(policy, oracle, alive, request, client.send(request), tally);
            }
        }
    }

    /** While a new worker takes connections already, an old one may take some still. */
    private static RawClient connect(LiveNginx nginx, long revision) {
        return await().ignoreExceptions()
                .until(
                        () -> {
                            RawClient client = new RawClient(nginx.port());
                            if (client.send(new HttpCase(null, List.of()))
                                    .headers()
                                    .get("x-revision")
                                    .equals(Long.toString(revision))) {
                                return client;
                            }
                            client.close();
                            return null;
                        },
                        Objects::nonNull);
    }

    private static List<Server> someOf(List<Server> all, Random random) {
        return random.nextInt(3) > 0
                ? all
                : all.stream().filter(server -> random.nextInt(3) > 0).toList();
    }

    private static void check(
            GrayPolicy policy,
            Oracle oracle,
            List<Server> alive,
            HttpCase request,
            RawClient.Answer answer,
            Tally tally) {
        String about = policy.snapshot().values() + "\nservers " + alive + "\n" + request + "\n" + answer;
        Tags said = answer.headers().containsKey("x-decided")
                ? Tags.parse(answer.headers().get("x-decided"))
                : null;
        Set<Tags> possible = oracle.decisions(request);
        if (said != null) {
            assertThat(possible).as(about).containsExactly(said);
        } else {
            assertThat(oracle.asksForCalls() || !request.isAscii())
                    .as("undecided: " + about)
                    .isTrue();
        }
        Set<String> servers = oracle.servers(said == null ? Tags.NONE : said);
        if (servers.isEmpty()) {
            assertThat(answer.status()).as(about).isEqualTo(503);
        } else {
            assertThat(servers).as(about).contains(Objects.toString(answer.address()));
            checkReceived(about, oracle, request, said, answer);
        }
        tally.count(said);
    }

    private static void checkReceived(
            String about, Oracle oracle, HttpCase request, Tags said, RawClient.Answer answer) {
        assertThat(answer.received(ForgeableNames.TAG)).as(about).isEqualTo(said == null ? null : said.text());
        assertThat(answer.received("x-uid")).as(about).isEqualTo(oracle.uid(request));
        for (String name : ForgeableNames.all()) {
            if (!name.equals(ForgeableNames.TAG)) {
                assertThat(answer.received(name)).as(name + about).isNull();
            }
        }
        List<String> sent = request.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(Baggage.HEADER))
                .map(HttpCase.Header::value)
                .toList();
        String expected = said == null ? Baggage.without(sent) : Baggage.with(sent, said.text());
        assertThat(members(answer.received(Baggage.HEADER))).as(about).isEqualTo(members(expected));
    }

    private static Set<String> members(String baggage) {
        return baggage == null
                ? Set.of()
                : Arrays.stream(baggage.split(","))
                        .map(String::trim)
                        .filter(member -> !member.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    private static GrayPolicy parse(Map<String, String> keys) {
        ParseResult result = PolicyParser.parse(Snapshot.of(keys));
        assertThat(result.errors()).as(keys.toString()).isEmpty();
        return result.policy();
    }

    /** How much of what was asked meant something. */
    private static final class Tally {
        private int asked;
        private int tagged;
        private int undecided;
        private int refused;

        void count(Tags said) {
            asked++;
            tagged += said != null && !said.equals(Tags.NONE) ? 1 : 0;
            undecided += said == null ? 1 : 0;
        }

        @Override
        public String toString() {
            return "parity: " + asked + " requests, " + tagged + " of them tagged, " + undecided + " undecided; "
                    + refused + " policies not expressible";
        }
    }
}
