package io.grayrelease.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonObject;

import io.grayrelease.cli.fleet.FleetServer;

import static org.assertj.core.api.Assertions.assertThat;

/** explain and diff with the providers that a real ZooKeeper has. */
class ExplainAliveTest {
    private static final String ORDER = "com.acme.OrderService";
    private static final String STOCK = "com.acme.StockService";

    @TempDir
    Path folder;

    private FleetServer fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = FleetServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private Run explain(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "explain", "--policy", policy("now"), "--zookeeper", fleet.address(), "-s", ORDER, "-s", STOCK));
        args.addAll(Arrays.asList(more));
        return Run.of(args.toArray(new String[0]));
    }

    private String policy(String name, String... more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "gray.rule.1-a = uid == 1 => T",
                "gray.rule.2-b = uid == 2 => S",
                "gray.route.T = " + ORDER + ":2.0.0, stock-app:2.0.0",
                "gray.route.S = " + ORDER + ":3.* ; fallback=strict"));
        lines.addAll(Arrays.asList(more));
        return Files.write(folder.resolve(name + ".properties"), lines).toString();
    }

    @Test
    void services_thatAreAlive_areToldByVersion() throws Exception {
        fleet.provides(ORDER, "order-app", "1.0.0", "10.0.0.1:20880")
                .provides(ORDER, "order-app", "1.0.0", "10.0.0.2:20880")
                .provides(ORDER, "order-app", "2.0.0", "10.0.0.3:20880")
                .provides(STOCK, "stock-app", "1.0.0", "10.0.0.4:20880");

        Run run = explain("uid=1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        Golden.assertSame("explain-alive", run.out());
    }

    @Test
    void strictRoute_withoutProviders_failsTheCall() throws Exception {
        fleet.provides(ORDER, "order-app", "1.0.0", "10.0.0.1:20880");

        assertThat(explain("uid=2").out())
                .contains(
                        "alive: 1 of 1.0.0; rejected: none of them may be called, the call fails",
                        "alive: none; the call fails");
    }

    @Test
    void baselineCall_withoutBaselineProviders_failsOpen() throws Exception {
        fleet.provides(ORDER, "order-app", "2.0.0", "10.0.0.1:20880");

        Run run = explain("-o", "json", "uid=3");

        JsonObject providers = service(run, 0).getAsJsonObject("providers");
        assertThat(providers.get("outcome").getAsString()).isEqualTo("fail_open");
        assertThat(providers.getAsJsonObject("alive").get("2.0.0").getAsInt()).isEqualTo(1);
        assertThat(providers.getAsJsonObject("candidates").get("2.0.0").getAsInt())
                .isEqualTo(1);
        assertThat(service(run, 1).getAsJsonObject("providers").get("outcome").getAsString())
                .isEqualTo("rejected");
    }

    private static JsonObject service(Run run, int index) {
        return run.json().getAsJsonArray("services").get(index).getAsJsonObject();
    }

    @Test
    void baselineCall_staysAwayFromReservedVersions() throws Exception {
        fleet.provides(ORDER, "order-app", "1.0.0", "10.0.0.1:20880")
                .provides(ORDER, "order-app", "3.1.0", "10.0.0.2:20880");

        assertThat(explain("uid=3").out()).contains("alive: 1 of 1.0.0, 1 of 3.1.0; a baseline call, to 1 of 1.0.0");
    }

    @Test
    void diff_warnsOfVersionsThatNobodyHas() throws Exception {
        fleet.provides(ORDER, "order-app", "2.0.0", "10.0.0.1:20880")
                .provides(STOCK, "stock-app", "2.1.0", "10.0.0.2:20880");
        String before = policy("before");
        String after = policy(
                "after",
                "gray.route.U = stock-app:2.*, com.acme.PayService:4.0.0, order-app:9",
                "gray.baseline = *:1.0.0");

        Run run = Run.of("diff", before, after, "--zookeeper", fleet.address());
        Run json = Run.of("diff", before, after, "-o", "json", "--zookeeper", fleet.address());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().filter(line -> line.startsWith("no provider alive")))
                .containsExactly(
                        "no provider alive of com.acme.PayService:4.0.0, which route U names from now on",
                        "no provider alive of order-app:9, which route U names from now on",
                        "no provider alive of *:1.0.0, which baseline names from now on");
        assertThat(json.json().getAsJsonArray("missing")).hasSize(3);
        assertThat(json.json().getAsJsonArray("missing").get(0).toString())
                .isEqualTo("{\"statement\":\"route U\",\"target\":\"com.acme.PayService\",\"version\":\"4.0.0\"}");
    }

    @Test
    void diff_ofWhatWasMissingBefore_isSilent() throws Exception {
        assertThat(Run.of("diff", policy("before"), policy("after"), "--zookeeper", fleet.address())
                        .out())
                .doesNotContain("no provider alive");
    }

    @Test
    void zooKeeper_thatIsAway_cannotBeRead() throws Exception {
        fleet.away();

        Run run = explain("uid=1");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREADABLE);
        assertThat(run.err()).contains("cannot read ZooKeeper at " + fleet.address());
    }
}
