package io.grayrelease.nginx.render;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/**
 * Writes what an Nginx is to do with directives that every Nginx knows. What it decides is what the policy decides in Java, or it is
 * refused; nothing that a policy says becomes a directive.
 */
public final class NativeRenderer {
    private final EdgeModel model;
    private final RenderSettings settings;
    private final Instant now;
    private final Declarations declarations = new Declarations();
    private final StringBuilder text = new StringBuilder("# Written by gray-nginx-agent.\n");

    private NativeRenderer(EdgeModel model, RenderSettings settings, Instant now) {
        this.model = model;
        this.settings = settings;
        this.now = now;
    }

    /**
     * The configuration at a moment.
     *
     * @throws IllegalArgumentException if the model holds what Nginx cannot express, see {@link #unsupported}, or what is no address
     *     and no source
     */
    public static NativeConfiguration render(EdgeModel model, RenderSettings settings, Instant now) {
        return new NativeRenderer(model, settings, now).configuration();
    }

    /** What Nginx's own directives cannot express exactly in the rules that are not off; empty if all can be. */
    public static List<Problem> unsupported(GrayPolicy policy) {
        return UnsupportedRules.of(policy);
    }

    private NativeConfiguration configuration() {
        RequestValues values = new RequestValues(model.sources(), declarations);
        GrayPolicy policy = model.policy();
        refuseUnsupported(policy);
        realIp();
        values.declareUid();
        DecidedTags tags = policy == null ? null : decided(policy, values);
        TagVariables variables = new TagVariables(declarations);
        variables.tag(tags);
        BaggageVariable.declare(
                declarations, variables.encoded(tags == null ? 0 : tags.tags().size()));
        List<String> groups = new ArrayList<>();
        for (ServiceUpstream upstream : model.upstreams()) {
            groups.add(new UpstreamWriter(upstream, settings).write(tags, declarations));
        }
        text.append(declarations.text());
        groups.forEach(text::append);
        sockets();
        return new NativeConfiguration(text.toString(), ProxyHeaders.text(), policy == null ? null : until(policy));
    }

    private static void refuseUnsupported(@Nullable GrayPolicy policy) {
        List<Problem> problems = policy == null ? List.of() : unsupported(policy);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }

    private DecidedTags decided(GrayPolicy policy, RequestValues values) {
        if (!policy.on()) {
            return new DecidedTags("b", List.of());
        }
        Constants constants = new Constants(values, now);
        return RulesWriter.write(policy.rules(), declarations, new ConditionWriter(declarations, values, constants));
    }

    private void realIp() {
        for (String proxy : model.sources().trustedProxies()) {
            String network = OneOfNetworks.network(proxy);
            if (network == null) {
                throw new IllegalArgumentException(
                        "trusted proxy: found \"" + proxy + "\", expected an address or a network as 10.0.0.0/8");
            }
            text.append("set_real_ip_from ").append(network).append(";\n");
        }
        if (!model.sources().trustedProxies().isEmpty()) {
            text.append("real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n");
        }
    }

    private void sockets() {
        if (settings.keepaliveMinTimeout() != null) {
            text.append("keepalive_min_timeout ")
                    .append(settings.keepaliveMinTimeout())
                    .append(";\n");
        }
        text.append("geo $gray_revision {\n    default ")
                .append(NativeConfiguration.REVISION)
                .append(";\n}\n");
        server("revision.sock", "location = /revision { default_type text/plain; return 200 $gray_revision; }");
        server("none.sock", "location / { return 503; }");
    }

    private void server(String socket, String location) {
        Path path = settings.runDir().resolve(socket);
        text.append("server {\n    listen unix:").append(path).append(";\n    access_log off;\n    ");
        text.append(location).append("\n}\n");
    }

    private @Nullable Instant until(GrayPolicy policy) {
        return policy.on() ? Windows.nextEdge(policy.rules(), now) : null;
    }
}
