package io.grayrelease.data;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.grayrelease.policy.model.DataPhase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** One random schedule: two processes, an operator with changing wishes, kills. For one thread. */
final class Schedule implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final TwoStores stores;
    private final Random random;
    private final Oracle oracle = new Oracle();
    private final Turns turns;
    private final @Nullable Broker broker;
    private final Node[] nodes = new Node[2];
    private final DataPhase[] wishes = {DataPhase.OLD_ONLY, DataPhase.OLD_ONLY};
    private final List<String> told = new ArrayList<>();
    private final long began = System.nanoTime();
    private int kills;
    private int lateFor;
    private boolean calm;
    private @Nullable Copy copy;
    private @Nullable Compare compare;

    Schedule(TwoStores stores, long seed) throws SQLException {
        this.stores = stores;
        this.turns = new Turns(stores, Node.ORDERS);
        this.random = new Random(seed);
        this.broker = random.nextInt(3) == 0 ? null : new Broker(seed);
        this.kills = random.nextInt(4);
        stores.phase(DataPhase.OLD_ONLY);
        for (int id = 0; id < Node.ORDERS; id += 2) {
            stores.old().execute("INSERT INTO orders VALUES (" + id + ", 'before', 0)");
            oracle.before(Order.of(id, "before", "0.00"));
        }
    }

    private void tell(String what) {
        told.add((System.nanoTime() - began) / 1_000_000 + " ms: " + what);
    }

    void run() throws Exception {
        tell(broker == null ? "no queue" : "a queue that shuffles");
        live();
        int changes = 2 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            walk(other(
                    DataPhase.OLD_ONLY,
                    DataPhase.CAPTURE,
                    DataPhase.GRAY_READ,
                    DataPhase.NEW_PRIMARY,
                    DataPhase.NEW_PRIMARY));
        }
        calm = true;
        for (Node node : nodes) {
            node.calm();
        }
        for (Node node : nodes) {
            node.awaitWriters();
        }
        walk(random.nextBoolean() ? DataPhase.GRAY_READ : DataPhase.NEW_PRIMARY);
        check();
    }

    private DataPhase other(DataPhase... some) {
        DataPhase next = some[random.nextInt(some.length)];
        return next == wishes[0] ? other(some) : next;
    }

    /** Wishes a phase, in one process later than in the other, and at times not until it is the fact. */
    private void walk(DataPhase wish) {
        int late = random.nextInt(2);
        lateFor = random.nextInt(3) == 0 ? 5 + random.nextInt(20) : 0;
        int most = calm || random.nextInt(4) > 0 ? Integer.MAX_VALUE : 5 + random.nextInt(40);
        tell("wish " + wish + (lateFor > 0 ? ", late in process " + late : "")
                + (most < Integer.MAX_VALUE ? ", for " + most + " looks" : ""));
        int[] looks = {0};
        await("fact " + wish)
                .pollInSameThread()
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    looks[0]++;
                    wishes[1 - late] = wish;
                    wishes[late] = looks[0] > lateFor ? wish : wishes[late];
                    live();
                    DataPhase fact = fact();
                    work(fact, wish);
                    return (fact == wish && wishes[late] == wish) || looks[0] > most;
                });
        wishes[late] = wish;
    }

    /** Keeps both processes alive, or kills one. */
    private void live() throws Exception {
        for (int i = 0; i < nodes.length; i++) {
            boolean unlucky = !calm && kills > 0 && nodes[i] != null && random.nextInt(50) == 0;
            if (unlucky || (nodes[i] != null && nodes[i].isDoomed())) {
                kills -= unlucky ? 1 : 0;
                tell("process " + i + " is killed" + (unlucky ? "" : " in a step"));
                kill(i);
            }
            if (nodes[i] == null) {
                start(i);
            }
            nodes[i].wish(wishes[i]);
        }
    }

    private void kill(int i) throws Exception {
        nodes[i].kill();
        nodes[i] = null;
        // As if it were not seen for long; who lives is seen again soon.
        stores.old().execute("UPDATE gray_process SET seen_ms = 0");
    }

    private void start(int i) throws Exception {
        OrderMapper version = i == 0 ? OrderMapper.OLD : OrderMapper.NEW;
        while (nodes[i] == null) {
            try {
                nodes[i] = new Node(stores, version, oracle, turns, broker, wishes[i], random.nextLong());
            } catch (SQLException e) {
                tell("process " + i + " does not start: " + e.getMessage());
            }
        }
        if (calm) {
            nodes[i].calm();
        }
    }

    /** The phase of the store that takes writes, or null. */
    private @Nullable DataPhase fact() throws SQLException {
        for (Database each : new Database[] {stores.old(), stores.ofNew()}) {
            try (Connection connection = each.source().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT phase FROM gray_state WHERE standing = 'OPEN'")) {
                if (rows.next()) {
                    return DataPhase.valueOf(rows.getString(1));
                }
            }
        }
        return null;
    }

    /** Copies and compares where the way to the wish needs it, in either process. */
    private void work(@Nullable DataPhase fact, DataPhase wish) throws Exception {
        boolean copies = fact == DataPhase.CAPTURE || fact == DataPhase.GRAY_READ;
        Node node = nodes[random.nextInt(nodes.length)];
        try {
            if (copies && isOver(copy) && !node.migration().copyProgress().isDone()) {
                tell("copy, " + fact);
                copy = node.copy();
            } else if (fact == DataPhase.GRAY_READ && wish == DataPhase.NEW_PRIMARY && isOver(compare)) {
                tell("compare");
                compare = node.compare();
            }
        } catch (SQLException | IllegalStateException e) {
            tell("not now: " + e.getMessage());
        }
    }

    private static boolean isOver(@Nullable Copy copy) throws InterruptedException {
        return copy == null || copy.await(0, TimeUnit.MILLISECONDS);
    }

    private static boolean isOver(@Nullable Compare compare) throws InterruptedException {
        return compare == null || compare.await(0, TimeUnit.MILLISECONDS);
    }

    private void check() throws Exception {
        Migration<Long, Order> service = nodes[1].migration();
        await("all has come over")
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions()
                .until(() -> service.copyProgress().isDone()
                        && service.backlog().events() == 0
                        && service.deadLetters() == 0);
        Map<Long, Order> found = stores.inNew();
        oracle.check(found, Node.ORDERS);
        assertThat(inOld()).isEqualTo(found);
        CompareTest.awaitDone(service.compare(CompareSettings.DEFAULTS));
        assertThat(service.compared().found()).isZero();
        tell("ended in " + fact() + " with " + oracle.size() + " writes");
    }

    /** The old store's orders with what it keeps beside for the new version. */
    private Map<Long, Order> inOld() throws SQLException {
        PrimaryRows rows =
                new PrimaryRows("order-v2", Store.old(stores.old().source(), OrderMapper.TABLE), OrderMapper.TABLE);
        Map<Long, Order> all = new TreeMap<>();
        for (Order order : stores.inOld().values()) {
            Map<String, Object> values =
                    Sql.own(stores.old().source(), connection -> rows.read(connection, Map.of("id", "" + order.id())));
            Object priority = values.get("priority");
            all.put(
                    order.id(),
                    order.by((String) values.getOrDefault("channel", "web"), 0)
                            .priority(priority == null ? null : Long.valueOf(priority.toString())));
        }
        return all;
    }

    @Override
    public void close() throws Exception {
        for (Node node : nodes) {
            if (node != null) {
                node.kill();
            }
        }
    }

    @Override
    public String toString() {
        return String.join("\n", told);
    }
}
