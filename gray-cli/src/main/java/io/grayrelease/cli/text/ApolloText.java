package io.grayrelease.cli.text;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

/**
 * The namespace that Apollo has released, read as a client reads it: the meta server names the config services, one of
 * them gives the release.
 */
final class ApolloText implements PolicyText {
    static final String PREFIX = "apollo:";

    private static final Pattern FORM = Pattern.compile("apollo:(https?://[^/]+(?:/[^/]+)*?)/([^/]+)/([^/]+)/([^/]+)");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String place;
    private final String meta;
    private final String app;
    private final String cluster;
    private final String namespace;

    private ApolloText(Matcher form) {
        this.place = form.group();
        this.meta = form.group(1);
        this.app = form.group(2);
        this.cluster = form.group(3);
        this.namespace = form.group(4);
    }

    static ApolloText at(String place) {
        Matcher form = FORM.matcher(place);
        if (!form.matches()) {
            throw new IllegalArgumentException("expected apollo:<meta-url>/<app>/<cluster>/<namespace>, as in"
                    + " apollo:http://apollo-meta:8080/order-app/default/gray-policy");
        }
        return new ApolloText(form);
    }

    /** What the meta server says of one config service. */
    private record Service(@Nullable String homepageUrl) {}

    private record Release(@Nullable Map<String, String> configurations) {}

    @Override
    public Document read() throws UnreadableException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        Release release = get(
                client,
                configService(client) + "configs/" + encode(app) + "/" + encode(cluster) + "/" + encode(namespace),
                "nothing is released there: is app, cluster and namespace right?",
                Release.class);
        Map<String, String> values = release.configurations() == null ? Map.of() : release.configurations();
        return Document.of(place, new TreeMap<>(values));
    }

    private String configService(HttpClient client) throws UnreadableException {
        Service[] services = get(
                client,
                meta + "/services/config?appId=" + encode(app),
                "there is no Apollo meta server at " + meta,
                Service[].class);
        for (Service service : List.of(services)) {
            String url = service.homepageUrl();
            if (url != null) {
                return url.endsWith("/") ? url : url + "/";
            }
        }
        throw new UnreadableException(place, "the meta server knows no config service");
    }

    private <T> T get(HttpClient client, String url, String absent, Class<T> type) throws UnreadableException {
        HttpResponse<String> response = send(client, url);
        if (response.statusCode() == NOT_FOUND) {
            throw new UnreadableException(place, absent);
        }
        if (response.statusCode() != OK) {
            throw new UnreadableException(place, url + " answered with status " + response.statusCode());
        }
        try {
            T answer = new Gson().fromJson(response.body(), type);
            if (answer != null) {
                return answer;
            }
        } catch (JsonParseException e) {
            throw new UnreadableException(place, url + " answered with something that is not Apollo's JSON", e);
        }
        throw new UnreadableException(place, url + " answered with nothing");
    }

    private HttpResponse<String> send(HttpClient client, String url) throws UnreadableException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException(place, url + " is not a URL", e);
        } catch (IOException e) {
            throw new UnreadableException(place, url + " does not answer (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableException(place, "interrupted", e);
        }
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
