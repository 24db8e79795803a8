package io.grayrelease.nginx.registry;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.model.Server;

/**
 * Which servers an upstream is believed to have. When ZooKeeper itself was away, the nodes of all servers may be gone with their
 * sessions while the servers are well: for some time after it is back, a loss of more than half of them is not believed. Not
 * thread-safe.
 */
final class Belief {
    private @Nullable Set<Server> believed;
    /** Those of the moment when ZooKeeper was reached; null: there is nothing to compare with. */
    private @Nullable Set<Server> before;

    Belief(@Nullable Set<Server> known) {
        this.believed = known;
        this.before = known;
    }

    @Nullable
    Set<Server> servers() {
        return believed;
    }

    /** ZooKeeper was reached, perhaps after it was away. */
    void connected() {
        before = believed;
    }

    /**
     * ZooKeeper has these servers.
     *
     * @param early whether it was reached only just now
     * @return whether all that it has was believed, and nothing else
     */
    boolean sees(Set<Server> servers, boolean early) {
        Set<Server> known = before;
        if (!early || known == null || !isMuchLess(servers, known)) {
            believed = servers;
            return true;
        }
        Set<Server> all = lost(servers, known);
        all.addAll(servers);
        believed = Set.copyOf(all);
        return false;
    }

    private static boolean isMuchLess(Set<Server> servers, Set<Server> known) {
        return 2 * lost(servers, known).size() > known.size();
    }

    /** By address: one that comes back with another version is not lost. */
    private static Set<Server> lost(Set<Server> servers, Set<Server> known) {
        Set<String> addresses = servers.stream().map(Server::address).collect(Collectors.toSet());
        return known.stream()
                .filter(server -> !addresses.contains(server.address()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
