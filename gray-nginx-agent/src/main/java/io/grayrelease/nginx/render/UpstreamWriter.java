package io.grayrelease.nginx.render;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.ServerAddress;
import io.grayrelease.nginx.model.ServiceUpstream;
import io.grayrelease.policy.model.Tags;

/** Writes the groups of servers of one upstream, and {@code $gray_upstream_<name>}, which says where a request goes. */
final class UpstreamWriter {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private final ServiceUpstream upstream;
    private final RenderSettings settings;
    private final StringBuilder text = new StringBuilder();
    private final Map<List<String>, String> groups = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if the name is none, or an address is none */
    UpstreamWriter(ServiceUpstream upstream, RenderSettings settings) {
        if (!NAME.matcher(upstream.name()).matches()) {
            throw new IllegalArgumentException("found upstream \"" + upstream.name()
                    + "\", expected a letter, then letters, digits and underscores, in lower case, at most 32");
        }
        this.upstream = upstream;
        this.settings = settings;
    }

    /** The groups. The tags that no rule gives need none. */
    String write(@Nullable DecidedTags decided, Declarations declarations) {
        String baseline = group(upstream.baseline(), "b");
        Map<String, String> groupOf = new LinkedHashMap<>();
        Set<String> given = decided == null ? Set.of() : decided.tags();
        for (String tag : new TreeSet<>(upstream.tags().keySet())) {
            if (given.contains(tag)) {
                groupOf.put(tag, group(upstream.tags().getOrDefault(tag, List.of()), "" + groups.size()));
            }
        }
        declare(declarations, decided, baseline, groupOf);
        return text.toString();
    }

    private void declare(
            Declarations declarations, @Nullable DecidedTags decided, String baseline, Map<String, String> groupOf) {
        String name = "gray_upstream_" + upstream.name();
        if (decided == null || groupOf.isEmpty()) {
            declarations.map(name, MapTable.of("", baseline));
            return;
        }
        MapTable table =
                MapTable.of(malformed(decided, declarations) + decided.among(groupOf.keySet(), declarations), baseline);
        groupOf.forEach((tag, group) -> table.whenMatches("^[.]" + Text.regex(tag) + ",", group));
        declarations.map(name, table);
    }

    /** Tags that are too long together count as none, here as on the way. */
    private static String malformed(DecidedTags decided, Declarations declarations) {
        Set<String> names = decided.tags();
        if (String.join(",", names).length() <= Tags.MAX_LENGTH) {
            return "";
        }
        return declarations.map(MapTable.of("${gray_tag}", "").whenMatches("^.{" + (Tags.MAX_LENGTH + 1) + "}", "b"));
    }

    /** A name that does not resolve would fail the whole configuration, and a text that is none could be more. */
    private String checked(String address) {
        if (!ServerAddress.isOne(address)) {
            throw new IllegalArgumentException("upstream " + upstream.name() + ": found address \"" + address
                    + "\", expected an IP address and a port, 10.0.0.1:8080 or [fd00::1]:8080");
        }
        return address;
    }

    private String group(List<String> addresses, String suffix) {
        String known = groups.get(addresses);
        if (known != null) {
            return known;
        }
        String name = "gray_" + upstream.name() + "_" + suffix;
        groups.put(addresses, name);
        text.append("upstream ").append(name).append(" {\n");
        text.append("    zone ")
                .append(name)
                .append(' ')
                .append(64 + 2 * addresses.size())
                .append("k;\n");
        for (String address : addresses) {
            text.append("    server ").append(checked(address)).append(";\n");
        }
        if (addresses.isEmpty()) {
            text.append("    server unix:").append(settings.runDir()).append("/none.sock;\n");
        }
        int keepalive = settings.keepalive(upstream.name());
        if (keepalive > 0) {
            text.append("    keepalive ").append(keepalive).append(";\n");
        }
        text.append("}\n");
        return name;
    }
}
