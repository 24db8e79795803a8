package io.grayrelease.gateway.servlet;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.CurrentRequest;
import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.policy.decide.RequestView;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.model.Tags;
import io.grayrelease.policy.model.Value;
import io.grayrelease.policy.model.Value.Kind;
import io.grayrelease.policy.source.PolicyRepository;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** In a real Tomcat. */
class GrayServletFilterTest {
    @TempDir
    Path folder;

    private final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
    private TomcatServer tomcat;

    @BeforeEach
    void start() throws Exception {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "uid == 7 => T", "gray.route.T", "a:1")));
        EntrySettings settings =
                EntrySettings.builder().setResponseHeader("gray").build();
        tomcat = TomcatServer.in(folder)
                .filter("/trace", GrayServletFilterTest::traced)
                .filter("/*", new GrayServletFilter(Entry.of(settings, repository::current)))
                .start(new Seen());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
    }

    @Test
    void aRequestIsDecided_whileItIsHandled() throws Exception {
        assertThat(get("/", "x-uid", "7")).isEqualTo("T 7 []");
        assertThat(get("/", "x-uid", "8")).isEqualTo("- 8 []");
    }

    @Test
    void asynchronousAndErrorDispatch_keepTheTags() throws Exception {
        assertThat(get("/async", "x-uid", "7")).isEqualTo("T 7 []");
        assertThat(get("/fail", "x-uid", "7")).isEqualTo("T 7 []");
    }

    @Test
    void forgedHeaders_areNeitherBelievedNorSeen() throws Exception {
        assertThat(get("/", "x-uid", "8", "X-Gray-Tag", "T", "Dubbo.Tag", "T", "gray-uid", "7"))
                .isEqualTo("- 8 []");
    }

    @Test
    void forgedHeaders_areNotSeenAfterAnotherDispatchEither() throws Exception {
        assertThat(get("/async", "x-uid", "8", "X-Gray-Tag", "T")).isEqualTo("- 8 []");
        assertThat(get("/fail", "x-uid", "8", "X-Gray-Tag", "T")).isEqualTo("- 8 []");
    }

    @Test
    void openTelemetry_carriesTheTags() throws Exception {
        assertThat(get("/trace", "x-uid", "7")).isEqualTo("user=1 gray.tag=T");
        assertThat(Baggage.current()).isEqualTo(Baggage.empty());
    }

    @Test
    void openTelemetry_losesWhatSomebodyOutsideSaid() throws Exception {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));

        assertThat(get("/trace", "x-uid", "7")).isEqualTo("user=1");
    }

    @Test
    void testers_areToldTheTags() throws Exception {
        assertThat(send("/", "x-uid", "7").headers().firstValue("gray")).contains("T");
        assertThat(send("/", "x-uid", "8").headers().firstValue("gray")).contains("-");
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));
        assertThat(send("/", "x-uid", "7").headers().firstValue("gray")).isEmpty();
    }

    @Test
    void undecided_theContextHasTheValuesOfTheRequest() throws Exception {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));

        assertThat(get("/values?p=q", "cookie", "beta=yes")).isEqualTo("q yes");
    }

    @Test
    void undecided_theFirstCallDecides_alsoForLaterDispatches() throws Exception {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "service == x => T", "gray.route.T", "a:1")));

        assertThat(get("/call", "x-uid", "7")).isEqualTo("T 7 []");
    }

    @Test
    void aFaultOfTheUid_failsNoRequest_andItGoesOnClean() throws Exception {
        Entry entry = Entry.of(EntrySettings.builder().build(), repository::current);
        assertFaultIsHarmless(new GrayServletFilter(entry, request -> {
            throw new Broken();
        }));
    }

    @Test
    void aFaultOfThePolicy_failsNoRequest_andItGoesOnClean() throws Exception {
        assertFaultIsHarmless(
                new GrayServletFilter(Entry.of(EntrySettings.builder().build(), () -> {
                    throw new Broken();
                })));
    }

    private void assertFaultIsHarmless(GrayServletFilter filter) throws Exception {
        try (TomcatServer broken = TomcatServer.in(folder).filter("/*", filter).start(new Seen())) {
            HttpResponse<String> response = broken.send("/", "x-uid", "7", "x-gray-tag", "T");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("- none []");
        }
    }

    /** None of Java's own. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Test
    void threadsAreLeftClean() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(get("/", "x-uid", i % 2 == 0 ? "7" : "8")).startsWith(i % 2 == 0 ? "T" : "-");
        }
        repository.offer(Snapshot.of(Map.of("gray.switch", "off")));
        assertThat(get("/", "x-uid", "7")).isEqualTo("- 7 []");
    }

    private String get(String path, String... headers) throws Exception {
        return send(path, headers).body();
    }

    private HttpResponse<String> send(String path, String... headers) throws Exception {
        return tomcat.send(path, headers);
    }

    /** What OpenTelemetry's agent does before any filter: it makes current what the caller said. */
    private static void traced(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Baggage said =
                Baggage.builder().put("user", "1").put("gray.tag", "forged").build();
        try (Scope scope = said.makeCurrent()) {
            chain.doFilter(request, response);
        }
    }

    /** Answers with the context of the request, and the headers named gray or dubbo that it sees. */
    private static final class Seen extends HttpServlet {
        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            DispatcherType type = request.getDispatcherType();
            if (request.getRequestURI().equals("/async") && type == DispatcherType.REQUEST) {
                AsyncContext async = request.startAsync();
                async.start(async::dispatch);
            } else if (request.getRequestURI().equals("/call") && type == DispatcherType.REQUEST) {
                CurrentRequest.settleOpened(GrayContext.decided(Tags.of("T"), "7")); // what a Dubbo call does
                AsyncContext async = request.startAsync();
                async.start(async::dispatch);
            } else if (request.getRequestURI().equals("/fail") && type == DispatcherType.REQUEST) {
                response.sendError(500);
            } else if (request.getRequestURI().equals("/trace")) {
                response.getWriter()
                        .print(Baggage.current().asMap().entrySet().stream()
                                .map(member -> member.getKey() + "="
                                        + member.getValue().getValue())
                                .sorted(Comparator.reverseOrder())
                                .collect(Collectors.joining(" ")));
            } else if (request.getRequestURI().equals("/values")) {
                RequestView values = GrayContext.current().values();
                response.getWriter()
                        .print(values.get(Value.named(Kind.PARAM, "p")) + " "
                                + values.get(Value.named(Kind.COOKIE, "beta")));
            } else {
                GrayContext context = GrayContext.current();
                response.getWriter()
                        .print(context.tags().text() + " " + context.uid().orElse("none") + " "
                                + Collections.list(request.getHeaderNames()).stream()
                                        .filter(name -> name.contains("gray") || name.contains("dubbo"))
                                        .toList()
                                + (request.getHeader("baggage") == null ? "" : " " + request.getHeader("Baggage")));
            }
        }
    }
}
