package io.grayrelease.cli.ramp;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

/** Asks a server that speaks Prometheus' HTTP API: Prometheus itself, VictoriaMetrics, Thanos, Mimir. Thread-safe. */
final class PrometheusGuard implements Guard {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final double MILLIS_PER_SECOND = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String server;
    private final Queries gray;
    private final Queries baseline;
    private final Limits limits;

    /**
     * What to ask of one version; each query has one number as its answer.
     *
     * @param requests how many, over the last minutes
     * @param errors how many of them failed
     * @param p99 of their time, in seconds
     */
    record Queries(String requests, String errors, String p99) {}

    /** A guard over a server, {@code http://prometheus:9090}. */
    PrometheusGuard(String server, Queries gray, Queries baseline, Limits limits) {
        this.server = server;
        this.gray = gray;
        this.baseline = baseline;
        this.limits = limits;
    }

    @Override
    public Judgement ask() {
        try {
            return limits.judge(figures(gray), figures(baseline));
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return new Judgement(Judgement.Kind.HOLD, server + " cannot be asked: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Judgement(Judgement.Kind.HOLD, "interrupted");
        }
    }

    private Figures figures(Queries queries) throws IOException, InterruptedException {
        return new Figures(
                number(queries.requests()), number(queries.errors()), MILLIS_PER_SECOND * number(queries.p99()));
    }

    /** NaN if the server has no data. */
    private double number(String query) throws IOException, InterruptedException {
        URI uri = URI.create(server + "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        HttpResponse<String> response =
                http.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(query + ": status " + response.statusCode() + ", " + response.body());
        }
        JsonObject data =
                JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("data");
        return switch (data.get("resultType").getAsString()) {
            case "scalar" -> value(data.getAsJsonArray("result"));
            case "vector" -> only(query, data.getAsJsonArray("result"));
            default -> throw new IOException(query + ": expected one number, found a " + data.get("resultType"));
        };
    }

    private static double only(String query, JsonArray series) throws IOException {
        if (series.size() > 1) {
            throw new IOException(query + ": expected one series, found " + series.size() + " (is a sum() missing?)");
        }
        return series.isEmpty()
                ? Double.NaN
                : value(series.get(0).getAsJsonObject().getAsJsonArray("value"));
    }

    /** Prometheus writes a time and the number as a text: {@code "0.25"}, {@code "NaN"}, {@code "+Inf"}. */
    private static double value(JsonArray sample) {
        return Scrape.number(sample.get(1).getAsString());
    }
}
