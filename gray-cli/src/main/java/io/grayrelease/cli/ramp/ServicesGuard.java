package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.grayrelease.cli.ramp.Scrape.Sample;

/**
 * Asks the metrics endpoints of the services that call, where there is no Prometheus: what their counters have grown by since
 * a while ago. The first look only begins. Not thread-safe.
 */
final class ServicesGuard implements Guard {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final Subject subject;
    private final Duration window;
    private final Limits limits;
    private final Clock clock;
    private final Map<String, Double> last = new HashMap<>();
    private final CallTally gray = new CallTally();
    private final CallTally baseline = new CallTally();
    private final Deque<Look> looks = new ArrayDeque<>();

    /**
     * What is compared.
     *
     * @param endpoints URLs of Prometheus' text format, of all processes that call
     * @param service the interface that they call, or null for all
     * @param tag that of the gray version
     */
    record Subject(List<URI> endpoints, @Nullable String service, String tag) {}

    /** What was counted at a moment. */
    private record Look(Instant at, CallTally gray, CallTally baseline) {}

    /** @param window how far back it looks */
    ServicesGuard(Subject subject, Duration window, Limits limits, Clock clock) {
        this.subject = subject;
        this.window = window;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public Judgement ask() {
        try {
            look();
        } catch (IOException e) {
            return new Judgement(Judgement.Kind.HOLD, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Judgement(Judgement.Kind.HOLD, "interrupted");
        }
        Look from = looks.getFirst();
        return limits.judge(gray.since(from.gray), baseline.since(from.baseline));
    }

    /** Looks at all endpoints or at none, so that growth is never half of it. */
    private void look() throws IOException, InterruptedException {
        Map<URI, List<Sample>> answers = new HashMap<>();
        for (URI endpoint : subject.endpoints) {
            answers.put(endpoint, Scrape.read(get(endpoint)));
        }
        boolean first = looks.isEmpty();
        answers.forEach((endpoint, samples) -> samples.forEach(sample -> add(endpoint, sample, first)));
        Instant now = clock.instant();
        looks.addLast(new Look(now, gray.copy(), baseline.copy()));
        forgetBefore(now.minus(window));
    }

    /** Keeps the last look before a moment, to count from. */
    private void forgetBefore(Instant begin) {
        Look oldest = looks.removeFirst();
        while (!looks.isEmpty() && !looks.getFirst().at.isAfter(begin)) {
            oldest = looks.removeFirst();
        }
        looks.addFirst(oldest);
    }

    private String get(URI endpoint) throws IOException, InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(endpoint).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new IOException(endpoint + " cannot be asked: " + e, e);
        }
    }

    /** A counter that fell began anew with its process; one that is new after the first look began at 0. */
    private void add(URI endpoint, Sample sample, boolean first) {
        CallTally tally = tally(sample);
        if (tally == null || Double.isNaN(sample.value())) {
            return;
        }
        Double before = last.put(endpoint + " " + sample.name() + new TreeMap<>(sample.labels()), sample.value());
        if (before == null) {
            tally.add(sample, first ? 0 : sample.value());
        } else {
            tally.add(sample, sample.value() < before ? sample.value() : sample.value() - before);
        }
    }

    /** Gray are calls that reached the version of the tag; those that fell back were served by the baseline. */
    private @Nullable CallTally tally(Sample sample) {
        if (subject.service != null && !subject.service.equals(sample.label("service"))) {
            return null;
        }
        if (subject.tag.equals(sample.label("tag")) && "hit".equals(sample.label("outcome"))) {
            return gray;
        }
        return "baseline".equals(sample.label("tag")) && "baseline".equals(sample.label("outcome")) ? baseline : null;
    }
}
