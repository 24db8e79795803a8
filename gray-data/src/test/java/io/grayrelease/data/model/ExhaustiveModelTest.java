package io.grayrelease.data.model;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tries every order of the steps of a few writes, a copy, deliveries and switches: in the small, a proof of the rules. */
class ExhaustiveModelTest {
    private static final EnumSet<Protection> ALL = EnumSet.allOf(Protection.class);

    /** Writes, and how often the primary is switched beside them, or a switch is given up. */
    private record Schedule(List<Write> writes, int switches, int aborts) {
        Explorer explored(EnumSet<Protection> protections) {
            Explorer explorer = new Explorer();
            explorer.explore(World.of(writes, protections, switches, aborts));
            return explorer;
        }
    }

    /** Any three writes of one key with a switch there and back, and of two keys with a copy alone. */
    private static List<Schedule> schedules() {
        List<Schedule> all = new ArrayList<>();
        for (Write first : writes(0, 0)) {
            for (Write second : writes(0, 1)) {
                for (Write third : writes(0, 0)) {
                    all.add(new Schedule(List.of(first, second, third), 2, 1));
                }
                for (Write third : writes(1, 0)) {
                    all.add(new Schedule(List.of(first, second, third), 0, 0));
                }
            }
        }
        return all;
    }

    private static List<Write> writes(int key, int process) {
        return List.of(Write.put(key, process), Write.putNew(key, process), Write.delete(key, process));
    }

    @Test
    void anyOrder_withAllProtections_endsEqual() {
        long worlds = 0;
        long ends = 0;
        for (Schedule schedule : schedules()) {
            Explorer explorer = schedule.explored(ALL);
            worlds += explorer.worlds();
            ends += explorer.ends();
        }

        // Were a step of the model never taken, there would be fewer.

        assertThat(worlds).isGreaterThan(1_000_000);
        assertThat(ends).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @EnumSource(Protection.class)
    void someOrder_withoutOneProtection_goesWrong(Protection left) {
        EnumSet<Protection> others = EnumSet.complementOf(EnumSet.of(left));

        assertThat(schedules()).anyMatch(schedule -> goesWrong(schedule, others));
    }

    private static boolean goesWrong(Schedule schedule, EnumSet<Protection> protections) {
        try {
            schedule.explored(protections);
            return false;
        } catch (WrongWorldException e) {
            return true;
        }
    }
}
