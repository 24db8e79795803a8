package io.grayrelease.cli.portal;

/**
 * Which namespace of an Apollo.
 *
 * @param environment as in the portal, {@code DEV}
 * @param name {@code gray-policy}
 */
public record PortalNamespace(String environment, String app, String cluster, String name) {
    /** As people write it: {@code DEV/order-app/default/gray-policy}. */
    @Override
    public String toString() {
        return String.join("/", environment, app, cluster, name);
    }
}
