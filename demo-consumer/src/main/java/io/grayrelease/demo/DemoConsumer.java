package io.grayrelease.demo;

import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.apache.catalina.LifecycleException;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.demo.api.OrderService;
import io.grayrelease.demo.provider.Control;
import io.grayrelease.demo.provider.DubboProcess;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.gateway.EntrySettings;

/**
 * The consumer process: at the command {@code send <from> <to>} it orders something in the name of each uid from..to
 * (without the last) and answers with one {@link Answer} a line, at once; at
 * {@code front <port> <EDGE|INTERNAL> <policy file><tab><folder>} it starts its HTTP front and answers with {@code port=}, or with why it cannot.
 */
public final class DemoConsumer {
    private final ReferenceConfig<OrderService> orders;

    private final DubboProcess process;

    private DemoConsumer(ReferenceConfig<OrderService> orders, DubboProcess process) {
        this.orders = orders;
        this.process = process;
    }

    /** Argument: the ZooKeeper, {@code host:port}. */
    public static void main(String[] args) throws Exception {
        Control control = Control.take();
        DubboProcess process = DubboProcess.of("demo-consumer", args[0]);
        DemoConsumer consumer = new DemoConsumer(process.refers(OrderService.class), process);
        control.serve(process.start().model(), consumer::run);
        process.stop();
        System.exit(0);
    }

    private void run(String command, Consumer<String> answers) {
        String[] words = command.split(" ", 4);
        switch (words[0]) {
            case "send" -> send(Long.parseLong(words[1]), Long.parseLong(words[2]), answers);
            case "front" -> answers.accept(
                    front(Integer.parseInt(words[1]), EntrySettings.Role.valueOf(words[2]), words[3].split("\t", 2)));
            default -> answers.accept("unknown command " + command);
        }
    }

    private String front(int port, EntrySettings.Role role, String[] files) {
        GrayApplication gray = GrayApplication.of(process.model());
        try {
            return "port="
                    + FrontPage.start(port, role, Path.of(files[1]), files[0], gray, item -> orders.get()
                            .order(item));
        } catch (LifecycleException e) {
            return whyNot(port, e);
        }
    }

    private static String whyNot(int port, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof BindException
                        && String.valueOf(root.getMessage()).contains("in use")
                ? "port " + port + " is in use"
                : "no page on port " + port + ": " + root;
    }

    private void send(long from, long to, Consumer<String> answers) {
        for (long uid = from; uid < to; uid++) {
            answers.accept(send(uid).line());
        }
    }

    private Answer send(long uid) {
        RpcContext.getClientAttachment().setAttachment("uid", String.format(Locale.ROOT, "%d", uid));
        try {
            List<Hop> hops = orders.get().order("book");
            return Answer.of(uid, hops);
        } catch (RuntimeException e) { // whatever it is, the user did not get an answer
            return Answer.failed(uid, e);
        }
    }
}
