package io.grayrelease.data.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Goes through all worlds that steps in any order lead to. */
final class Explorer {
    private final Set<Slots> seen = new HashSet<>();
    private final Deque<World> toDo = new ArrayDeque<>();
    private long ends;

    /** Goes on until there is no other world, or one that must not be. */
    void explore(World from) {
        add(from);
        while (!toDo.isEmpty()) {
            World world = toDo.removeLast();
            boolean[] ended = {true};
            world.steps(next -> {
                ended[0] = false;
                add(next);
            });
            if (ended[0]) {
                ends++;
                world.checkAtTheEnd();
            }
        }
    }

    /** How many different worlds there are. */
    long worlds() {
        return seen.size();
    }

    /** How many of the worlds have nothing left to do. */
    long ends() {
        return ends;
    }

    private void add(World world) {
        if (seen.add(world.state())) {
            world.check();
            toDo.add(world);
        }
    }
}
