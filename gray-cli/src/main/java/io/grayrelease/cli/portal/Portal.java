package io.grayrelease.cli.portal;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import com.ctrip.framework.apollo.openapi.client.ApolloOpenApiClient;
import com.ctrip.framework.apollo.openapi.client.exception.ApolloOpenApiException;
import com.ctrip.framework.apollo.openapi.dto.NamespaceReleaseDTO;
import com.ctrip.framework.apollo.openapi.dto.OpenItemDTO;
import com.ctrip.framework.apollo.openapi.dto.OpenReleaseDTO;

/**
 * One namespace in Apollo's portal. Apollo keeps two texts of it: the edit area, which people see and change, and the
 * release, which services get. Not thread-safe.
 */
public final class Portal {
    private final ApolloOpenApiClient client;
    private final PortalNamespace namespace;
    private final String operator;

    private Portal(ApolloOpenApiClient client, PortalNamespace namespace, String operator) {
        this.client = client;
        this.namespace = namespace;
        this.operator = operator;
    }

    /**
     * Does not connect yet.
     *
     * @param url where the portal is, {@code http://apollo-portal:8070}
     * @param token of a third party application that may edit and release the namespace; it is never printed
     * @param operator the user in whose name Apollo records the changes
     */
    public static Portal at(String url, String token, PortalNamespace namespace, String operator) {
        ApolloOpenApiClient client = ApolloOpenApiClient.newBuilder()
                .withPortalUrl(url)
                .withToken(token)
                .build();
        return new Portal(client, namespace, operator);
    }

    /** The edit area, by key: what would be released next. */
    public SortedMap<String, String> edited() {
        SortedMap<String, String> values = new TreeMap<>();
        for (OpenItemDTO item : ask(() -> client.getNamespace(
                        namespace.app(), namespace.environment(), namespace.cluster(), namespace.name()))
                .getItems()) {
            if (!item.getKey().isEmpty()) { // comments and blank lines are items too
                values.put(item.getKey(), item.getValue());
            }
        }
        return values;
    }

    /** What services get now, by key; empty if nothing was ever released. */
    public SortedMap<String, String> released() {
        OpenReleaseDTO release = latest();
        return release == null ? new TreeMap<>() : new TreeMap<>(release.getConfigurations());
    }

    private @Nullable OpenReleaseDTO latest() {
        return ask(() -> client.getLatestActiveRelease(
                namespace.app(), namespace.environment(), namespace.cluster(), namespace.name()));
    }

    /** Makes the edit area say this, key by key; what is the same already keeps its comment and history. */
    void edit(Map<String, String> wanted) {
        SortedMap<String, String> edited = edited();
        wanted.forEach((key, value) -> {
            if (!value.equals(edited.get(key))) {
                set(key, value);
            }
        });
        edited.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(this::remove);
    }

    private void set(String key, String value) {
        OpenItemDTO item = new OpenItemDTO();
        item.setKey(key);
        item.setValue(value);
        item.setDataChangeCreatedBy(operator);
        item.setDataChangeLastModifiedBy(operator);
        ask(() -> {
            client.createOrUpdateItem(
                    namespace.app(), namespace.environment(), namespace.cluster(), namespace.name(), item);
            return item;
        });
    }

    private void remove(String key) {
        ask(() -> {
            client.removeItem(
                    namespace.app(), namespace.environment(), namespace.cluster(), namespace.name(), key, operator);
            return key;
        });
    }

    /**
     * Releases a change and nothing else: what is written in the edit area besides and not released stays so.
     *
     * @param change turns the keys of one text into those of the next
     * @param title for the history of the namespace
     */
    public void publish(Consumer<SortedMap<String, String>> change, String title, String comment) {
        SortedMap<String, String> released = released();
        SortedMap<String, String> edited = edited();
        change.accept(released);
        change.accept(edited);
        edit(released);
        try {
            release(title, comment);
        } finally {
            edit(edited);
        }
    }

    private void release(String title, String comment) {
        NamespaceReleaseDTO release = new NamespaceReleaseDTO();
        release.setReleaseTitle(title);
        release.setReleaseComment(comment);
        release.setReleasedBy(operator);
        ask(() -> client.publishNamespace(
                namespace.app(), namespace.environment(), namespace.cluster(), namespace.name(), release));
    }

    /**
     * Brings the release before the latest one back, and the edit area with it: Apollo's own rollback leaves the bad edit
     * there, and the next release would ship it again.
     *
     * @return the name of the release that was taken back
     * @throws PortalException if there is none
     */
    public String rollBack() {
        OpenReleaseDTO latest = latest();
        if (latest == null) {
            throw new PortalException(namespace + " has no release to roll back", null);
        }
        ask(() -> {
            client.rollbackRelease(namespace.environment(), latest.getId(), operator);
            return latest;
        });
        try {
            edit(released());
        } catch (PortalException e) {
            throw new PortalException(
                    "the release is rolled back, but the edit area is not, so do not release it: " + e.getMessage(), e);
        }
        return latest.getName();
    }

    /** What the client throws names neither the namespace nor what to do. */
    private <T> T ask(Question<T> question) {
        try {
            return question.ask();
        } catch (RuntimeException e) {
            throw new PortalException(namespace + ": " + reason(e), e);
        }
    }

    private String reason(RuntimeException e) {
        if (!(e.getCause() instanceof ApolloOpenApiException refusal)) {
            return "the portal at " + client.getPortalUrl() + " cannot be asked: " + root(e);
        }
        return switch (refusal.getStatus()) {
            case 401 -> "the portal does not know the token";
            case 403 -> "the token may not do this: give its application the right to edit and release the namespace";
            case 404 -> "the portal has no such namespace";
            default -> "the portal refused: " + refusal.getMessage();
        };
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Something to ask the portal. */
    private interface Question<T> {
        T ask();
    }
}
