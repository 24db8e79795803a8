package io.grayrelease.spring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application on a port of its own, with this starter and a policy in a file. */
final class RunningApp implements AutoCloseable {
    private static final List<String> POLICY = Arrays.asList(
            "gray.rule.1-testers = uid == \"1001\" => gray",
            "gray.rule.2-cookie = cookie[\"beta\"] == \"yes\" => gray",
            "gray.route.gray = order:2.0.0");

    final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningApp start(WebApplicationType type, Class<?> app, Path folder, String... properties)
            throws IOException {
        Path policy = Files.write(folder.resolve("policy.properties"), POLICY);
        List<String> all = new ArrayList<>(Arrays.asList(properties));
        all.add("gray.source=file:" + policy);
        all.add("gray.cache-dir=" + folder.resolve("cache"));
        return startBare(type, app, all.toArray(new String[0]));
    }

    /** Without a policy. */
    static RunningApp startBare(WebApplicationType type, Class<?> app, String... properties) {
        List<String> all = new ArrayList<>(Arrays.asList(
                "--server.port=0",
                "--management.endpoints.web.exposure.include=gray,health,metrics",
                "--management.endpoint.health.show-details=always"));
        Arrays.stream(properties).map(property -> "--" + property).forEach(all::add);
        return new RunningApp(new SpringApplicationBuilder(app).web(type).run(all.toArray(new String[0])));
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** The body of an answer; the headers are names and values in turn. */
    String get(String path, String... headers) {
        return response(path, headers).body();
    }

    HttpResponse<String> response(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
