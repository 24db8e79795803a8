package io.grayrelease.demo.provider;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.slf4j.LoggerFactory;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.model.Problem;
import io.grayrelease.policy.source.PolicyInForce;
import io.grayrelease.policy.source.PolicyStatus;

/**
 * How whoever started a process of the demo talks to it: commands on standard input, one a line; answers on standard
 * output, ended by a line {@code ok}. It returns when the input ends, so no process outlives who started it, however
 * that ended. The command {@code policy} is answered with {@code in-force=}, {@code rejected=} and one {@code problem=}
 * for each problem.
 */
public final class Control {
    private static final long SECONDS_TO_END = 10;

    private final PrintStream answers;

    private Control(PrintStream answers) {
        this.answers = answers;
    }

    /** Takes standard output for the answers; what libraries print goes to standard error from now on. */
    public static Control take() {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Thread.currentThread().setUncaughtExceptionHandler((main, error) -> fail(error));
        return new Control(answers);
    }

    /** Dubbo's threads would keep a process alive whose main thread is gone, and nobody would hear of it. */
    private static void fail(Throwable error) {
        LoggerFactory.getLogger(Control.class).error("the process ends", error);
        Runtime.getRuntime().halt(1);
    }

    /** Says {@code ok}, then answers until the input ends; commands other than {@code policy} go to the handler. */
    public void serve(ApplicationModel model, BiConsumer<String, Consumer<String>> other) throws IOException {
        end();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals("policy")) {
                policy(GrayApplication.of(model).repository().status());
            } else {
                other.accept(command, this::say);
            }
            end();
        }
        limitTheEnd();
    }

    /** A registry that went before this process would be asked for half a minute to forget it. */
    private static void limitTheEnd() {
        CompletableFuture.delayedExecutor(SECONDS_TO_END, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
    }

    private void policy(PolicyStatus status) {
        PolicyInForce inForce = status.inForce();
        say("in-force=" + (inForce == null ? "none" : inForce.policy().hash()));
        PolicyStatus.Rejection rejection = status.rejection();
        if (rejection != null) {
            say("rejected=" + rejection.hash());
            for (Problem problem : rejection.errors()) {
                say("problem=" + problem);
            }
        }
    }

    private void say(String line) {
        answers.println(line);
        if (answers.checkError()) {
            throw new IllegalStateException("nobody listens any more");
        }
    }

    private void end() {
        say("ok");
    }
}
