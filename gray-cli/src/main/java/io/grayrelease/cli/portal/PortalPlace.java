package io.grayrelease.cli.portal;

import java.net.URI;
import java.util.Arrays;

/**
 * A namespace in a portal, as people write it: {@code portal:http://portal:8070/DEV/order-app/default/gray-policy}.
 *
 * @param url of the portal
 */
public record PortalPlace(String url, PortalNamespace namespace) {
    /** How it is written, for help texts. */
    public static final String FORM = "portal:<portal-url>/<env>/<app>/<cluster>/<namespace>";

    private static final String PREFIX = "portal:";
    private static final int PARTS = 4;

    /**
     * The namespace that a text names.
     *
     * @throws IllegalArgumentException if it is not written as {@link #FORM} says; the message tells how
     */
    public static PortalPlace of(String text) {
        String[] parts = text.split("/", -1);
        int names = parts.length - PARTS;
        if (!text.startsWith(PREFIX + "http") || names < 3) { // http: and an empty part and the host come before
            throw new IllegalArgumentException("expected " + FORM);
        }
        for (int i = names; i < parts.length; i++) {
            if (parts[i].isEmpty()) {
                throw new IllegalArgumentException("expected " + FORM);
            }
        }
        String url = String.join("/", Arrays.copyOf(parts, names)).substring(PREFIX.length());
        return new PortalPlace(
                URI.create(url).toString(),
                new PortalNamespace(parts[names], parts[names + 1], parts[names + 2], parts[names + 3]));
    }

    @Override
    public String toString() {
        return PREFIX + url + "/" + namespace;
    }
}
