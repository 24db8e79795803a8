package io.grayrelease.nginx.agent;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import io.grayrelease.nginx.drive.Applied;
import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.drive.NginxDriver;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** Takes every model that differs from the one before as the next revision; cannot do rules about {@code arg}. Thread-safe. */
final class RecordingDriver implements NginxDriver {
    final List<EdgeModel> models = new CopyOnWriteArrayList<>();
    final List<Long> times = new CopyOnWriteArrayList<>();
    final List<Long> looks = new CopyOnWriteArrayList<>();
    volatile int asked;
    volatile boolean closed;
    volatile @Nullable String failure;
    volatile @Nullable String recoveryFailure;
    volatile Applied applied = new Applied(0, null, Instant.EPOCH, true);

    @Override
    public String name() {
        return "native";
    }

    @Override
    public List<Problem> unsupported(GrayPolicy policy) {
        return policy.rules().stream()
                .filter(rule -> rule.id().text().contains("arg["))
                .map(rule -> Problem.ofKey(rule.id().key(), "arg", "what nginx can see"))
                .toList();
    }

    @Override
    public Applied recover() throws DriveException {
        if (recoveryFailure != null) {
            throw new DriveException(recoveryFailure);
        }
        return applied;
    }

    @Override
    public synchronized Applied apply(EdgeModel model) throws DriveException {
        asked++;
        if (failure != null) {
            throw new DriveException(failure);
        }
        if (models.isEmpty() || !models.get(models.size() - 1).equals(model)) {
            times.add(System.nanoTime());
            GrayPolicy policy = model.policy();
            applied = new Applied(applied.revision() + 1, policy == null ? null : policy.hash(), Instant.now(), true);
            models.add(model);
        }
        return applied;
    }

    EdgeModel last() {
        return models.get(models.size() - 1);
    }

    @Nullable
    String lastPolicy() {
        return models.isEmpty() || last().policy() == null
                ? null
                : Objects.requireNonNull(last().policy()).hash();
    }

    @Override
    public boolean removeStaleSockets() {
        looks.add(System.nanoTime());
        return false;
    }

    @Override
    public List<String> warnings() {
        return List.of("reloads cost requests");
    }

    @Override
    public void close() {
        closed = true;
    }
}
