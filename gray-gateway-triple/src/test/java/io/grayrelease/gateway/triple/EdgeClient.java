package io.grayrelease.gateway.triple;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways in which a client outside can ask for an {@link Order} over HTTP. */
enum EdgeClient {
    JSON_OVER_HTTP_1(Version.HTTP_1_1, false),
    JSON_OVER_HTTP_2(Version.HTTP_2, false),
    REST_OVER_HTTP_1(Version.HTTP_1_1, true),
    REST_OVER_HTTP_2(Version.HTTP_2, true);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Version version;
    private final boolean isRest;

    EdgeClient(Version version, boolean isRest) {
        this.version = version;
        this.isRest = isRest;
    }

    /** The answer to a request with headers written as {@code name: value | name: value}. */
    String order(int port, String headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = isRest
                ? HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders/pen"))
                : HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/" + Order.class.getName() + "/order"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString("[\"pen\"]"));
        HttpResponse<String> response =
                HTTP.send(request.version(version).headers(split(headers)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(headers + " " + response.body()).isEqualTo(200);
        assertThat(response.version()).isEqualTo(version);
        return response.body();
    }

    private static String[] split(String headers) {
        List<String> all = new ArrayList<>();
        for (String header : headers.split(" \\| ", -1)) {
            all.addAll(List.of(header.split(": ", 2)));
        }
        return all.toArray(new String[0]);
    }
}
