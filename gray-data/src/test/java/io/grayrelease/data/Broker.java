package io.grayrelease.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A queue of the worst kind that outlives processes: who comes anew is given events of long ago again. Thread-safe. */
final class Broker {
    private static final int AGAIN = 30;

    private final Random random;
    private final List<Opened> opened = new ArrayList<>();

    private record Opened(String route, ShufflingCarrier carrier) {}

    Broker(long seed) {
        this.random = new Random(seed);
    }

    synchronized Carrier open(Route route, Inbox inbox) {
        ShufflingCarrier carrier = new ShufflingCarrier(random.nextLong(), inbox);
        List<Event> again = new ArrayList<>();
        for (Opened earlier : opened) {
            List<Event> all = List.copyOf(earlier.carrier.all());
            for (int i = 0; i < AGAIN && !all.isEmpty() && earlier.route.equals(route.toString()); i++) {
                again.add(all.get(random.nextInt(all.size())));
            }
        }
        carrier.send(again);
        opened.add(new Opened(route.toString(), carrier));
        return carrier;
    }
}
