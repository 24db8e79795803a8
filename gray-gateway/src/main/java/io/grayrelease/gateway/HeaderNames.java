package io.grayrelease.gateway;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which headers settings may name. */
final class HeaderNames {
    private static final Pattern TOKEN = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

    private static final String EXPECTED = "expected the name of a header: letters, digits and !#$%&'*+-.^_`|~";

    /** Of responses: servers, proxies and clients act by them, and another value breaks the response or the connection. */
    private static final Set<String> STANDARD = ignoringCase(
            "accept-ranges",
            "age",
            "allow",
            "alt-svc",
            "authorization",
            "cache-control",
            "clear-site-data",
            "connection",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-range",
            "content-security-policy",
            "content-type",
            "cookie",
            "date",
            "etag",
            "expires",
            "host",
            "keep-alive",
            "last-modified",
            "link",
            "location",
            "proxy-authenticate",
            "proxy-connection",
            "refresh",
            "retry-after",
            "server",
            "set-cookie",
            "strict-transport-security",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "vary",
            "via",
            "www-authenticate");

    private HeaderNames() {}

    private static Set<String> ignoringCase(String... names) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(Arrays.asList(names));
        return Collections.unmodifiableSet(all);
    }

    /** Whether a text is the name of a header (a token of RFC 9110). */
    static boolean isName(String text) {
        return TOKEN.matcher(text).matches();
    }

    /**
     * Refuses what no response may be marked with.
     *
     * @throws IllegalArgumentException telling what was found and expected
     */
    static void checkResponseHeader(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("found \"" + name + "\", " + EXPECTED);
        }
        if (STANDARD.contains(name)) {
            throw new IllegalArgumentException("found \"" + name
                    + "\", by which servers and clients act, expected a name of its own as x-gray-seen");
        }
    }

    /**
     * Refuses a source that no request can have.
     *
     * @throws IllegalArgumentException telling what was found and expected
     */
    static ValueSource checkSource(ValueSource source) {
        if (source.kind() != ValueSource.Kind.HEADER) {
            return source;
        }
        if (!isName(source.name())) {
            throw new IllegalArgumentException("found \"" + source + "\", " + EXPECTED);
        }
        if (ForgeableNames.contain(source.name())) {
            throw new IllegalArgumentException("found \"" + source
                    + "\", which an edge takes away, expected another header as x-uid or x-gray-token; these cannot be one: "
                    + ForgeableNames.all());
        }
        return source;
    }
}
