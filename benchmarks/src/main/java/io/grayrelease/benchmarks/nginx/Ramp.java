package io.grayrelease.benchmarks.nginx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.grayrelease.nginx.drive.DriveException;
import io.grayrelease.nginx.model.EdgeModel;

/** A percentage that goes up and down between 1 and 20, with models made beforehand. Used by one thread at a time. */
final class Ramp implements Changes.Change {
    private static final int HIGHEST = 20;

    private final Front front;
    private final List<EdgeModel> models = new ArrayList<>();
    private int next;

    Ramp(Front front) {
        this.front = front;
        IntStream up = IntStream.range(1, HIGHEST);
        IntStream down = IntStream.range(1, HIGHEST).map(step -> HIGHEST + 1 - step);
        IntStream.concat(up, down).forEach(percent -> models.add(front.model(percent)));
    }

    @Override
    public void make() throws DriveException {
        front.driver().apply(models.get(next));
        next = (next + 1) % models.size();
    }
}
