package io.grayrelease.gateway.webflux;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;
import org.springframework.web.server.WebHandler;

import io.grayrelease.dubbo.context.testkit.CleanThreads;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.EntrySettings.Role;
import io.grayrelease.policy.model.Snapshot;
import io.grayrelease.policy.source.PolicyRepository;
import io.netty.util.concurrent.EventExecutor;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.resources.LoopResources;

/** A server with the filter, which leaves nothing on its threads. */
abstract class OnNetty {
    final PolicyRepository repository = PolicyRepository.inMemory(Clock.systemUTC());
    final LoopResources loops = LoopResources.create("test", 2, true);
    final ExecutorService pool = Executors.newScheduledThreadPool(3);
    final Scheduler scheduler = Schedulers.fromExecutorService(pool);

    Server server;

    OnNetty() {
        repository.offer(Snapshot.of(Map.of("gray.rule.1-a", "uid == 7 => T", "gray.route.T", "a:1")));
    }

    @AfterEach
    void nothingIsLeftOnThreads() {
        CleanThreads.assertClean(pool);
        for (EventExecutor loop : loops.onServer(false)) {
            CleanThreads.assertClean(loop);
        }
        server.close();
        scheduler.dispose();
        loops.dispose();
    }

    final void start(Role role, WebHandler handler) {
        Entry entry = Entry.of(EntrySettings.builder().setRole(role).build(), repository::current);
        server = Server.start(loops, handler, new GrayWebFilter(entry));
    }

    final String get(String... headers) {
        return server.get("/", headers).block();
    }
}
