package io.grayrelease.demo;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.demo.api.OrderService;
import io.grayrelease.demo.provider.Control;
import io.grayrelease.demo.provider.DubboProcess;

/**
 * The consumer process: at the command {@code send <from> <to>} it orders something in the name of each uid from..to
 * (without the last) and answers with one {@link Answer} a line, at once.
 */
public final class DemoConsumer {
    private final ReferenceConfig<OrderService> orders;

    private DemoConsumer(ReferenceConfig<OrderService> orders) {
        this.orders = orders;
    }

    /** Argument: the ZooKeeper, {@code host:port}. */
    public static void main(String[] args) throws Exception {
        Control control = Control.take();
        DubboProcess process = DubboProcess.of("demo-consumer", args[0]);
        DemoConsumer consumer = new DemoConsumer(process.refers(OrderService.class));
        control.serve(process.start().model(), consumer::run);
        process.stop();
        System.exit(0);
    }

    private void run(String command, Consumer<String> answers) {
        String[] words = command.split(" ", -1);
        for (long uid = Long.parseLong(words[1]); uid < Long.parseLong(words[2]); uid++) {
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
