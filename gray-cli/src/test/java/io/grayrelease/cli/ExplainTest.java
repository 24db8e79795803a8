package io.grayrelease.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.google.gson.JsonObject;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainTest {
    private static final String[] SERVICES = {
        "--service", "com.acme.OrderService",
        "--service", "com.acme.StockService@stock-app",
        "--service", "com.acme.SearchService",
        "--service", "com.acme.PayService",
        "--service", "com.acme.MailService"
    };

    private static Run explain(String... arguments) {
        String[] all = new String[arguments.length + 5];
        System.arraycopy(
                new String[] {"explain", "--policy", Run.policy("release"), "--at", "2026-11-11T08:00:00+08:00"},
                0,
                all,
                0,
                5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return Run.of(all);
    }

    private static String[] and(String[] first, String... second) {
        String[] all = new String[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @Test
    void request_ofATester_isExplained() {
        Run run = explain(and(SERVICES, "uid=1001", "header.X-App=ios"));
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("explain-tester", run.out());
    }

    @Test
    void request_thatNoRuleWants_isBaseline() {
        Run run = explain(and(SERVICES, "uid=10086", "header.x-app=android"));
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("explain-baseline", run.out());
    }

    @Test
    void request_thatIsBlocked_reachesNoFurtherRule() {
        Run run = explain("uid=666");
        assertThat(run.exitCode()).isZero();
        Golden.assertSame("explain-blocked", run.out());
    }

    @Test
    void request_withoutValues_missesThem() {
        Golden.assertSame("explain-nothing", explain().out());
    }

    @Test
    void policy_withErrors_isNotExplained() {
        Run run = Run.of("explain", "--policy", Run.policy("broken-and-off"), "uid=1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
        assertThat(run.out()).contains("rejected, 2 errors");
    }

    @Test
    void json_saysTheSame() {
        JsonObject json = explain(and(SERVICES, "-o", "json", "uid=1001", "header[x-app]=ios"))
                .json();
        assertThat(json.get("reason").getAsString()).isEqualTo("match");
        assertThat(json.getAsJsonArray("tags").get(0).getAsString()).isEqualTo("order-v2");
        JsonObject testers = json.getAsJsonArray("rules").get(1).getAsJsonObject();
        assertThat(testers.get("outcome").getAsString()).isEqualTo("matched");
        assertThat(testers.getAsJsonObject("condition").get("holds").getAsBoolean())
                .isTrue();
        JsonObject stock = json.getAsJsonArray("services").get(1).getAsJsonObject();
        assertThat(stock.get("version").getAsString()).isEqualTo("2.1.0");
        assertThat(stock.get("tag").getAsString()).isEqualTo("order-v2");
        assertThat(stock.get("fallback").getAsString()).isEqualTo("baseline");
    }

    @Test
    void dataOfMigrations_isReadFromTheStoreOfPhaseAndTag() {
        Run tester = Run.of("explain", "--policy", Run.policy("data"), "uid=1001");
        assertThat(tester.exitCode()).isZero();
        Golden.assertSame("explain-data", tester.out());

        JsonObject order = Run.of("explain", "--policy", Run.policy("data"), "-o", "json", "uid=7")
                .json()
                .getAsJsonArray("data")
                .get(2)
                .getAsJsonObject();
        assertThat(order.get("migration").getAsString()).isEqualTo("order-v2");
        assertThat(order.get("phase").getAsString()).isEqualTo("GRAY_READ");
        assertThat(order.get("read").getAsString()).isEqualTo("order-v2");
        assertThat(order.get("store").getAsString()).isEqualTo("old");
        assertThat(order.get("why").getAsString()).contains("only the tag order-v2");
    }

    @Test
    void values_ofEveryKind_areFound() {
        Run run = Run.of(
                "explain",
                "--policy",
                Run.policy("every-value"),
                "-o",
                "json",
                "uid=1",
                "token=abc",
                "ip=10.1.2.3",
                "caller=order-app",
                "service=com.acme.OrderService",
                "method=find",
                "header.X-App=ios",
                "cookie[gray]=yes",
                "param.city=São Paulo",
                "attachment[\"tenant\"]=7",
                "arg.0=x",
                "arg[2].customer.level=gold=solid");
        assertThat(run.json().getAsJsonArray("rules")).hasSize(12).allSatisfy(rule -> assertThat(
                        rule.getAsJsonObject().get("outcome").getAsString())
                .as(rule.toString())
                .isEqualTo("matched"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uid", "user=1", "header=1", "arg.x=1", "--at=yesterday", "--service=@app"})
    void argument_thatIsWrong_isWrongUsage(String argument) {
        Run run = explain(argument);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("expected ");
    }
}
