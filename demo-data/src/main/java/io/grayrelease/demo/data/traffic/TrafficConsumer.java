package io.grayrelease.demo.data.traffic;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcException;

import io.grayrelease.demo.data.api.Order;
import io.grayrelease.demo.data.api.OrderBook;
import io.grayrelease.demo.data.api.Receipt;
import io.grayrelease.demo.provider.Control;
import io.grayrelease.demo.provider.DubboProcess;

/**
 * The consumer process. Commands: {@code find <uid> <number>} looks an order up,
 * {@code change <uid> <number>} writes one that the traffic leaves alone, {@code start} and {@code end} are for the traffic, {@code tally} tells
 * of the calls since the last one, {@code check old} and {@code check new} compare a database with the oracle.
 */
public final class TrafficConsumer {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ReferenceConfig<OrderBook> book;
    private final Oracle oracle;
    private final Tally tally = new Tally();
    private final String oldUrl;
    private final String newUrl;
    private final int callsPerSecond;
    private final List<Traffic> traffic = new ArrayList<>();

    private TrafficConsumer(ReferenceConfig<OrderBook> book, String[] args) {
        this.book = book;
        this.oldUrl = args[1];
        this.newUrl = args[2];
        this.oracle = new Oracle(Long.parseLong(args[3]));
        this.callsPerSecond = Integer.parseInt(args[4]);
    }

    /** Arguments: the ZooKeeper, the JDBC URLs of the old and the new database, the number of orders, calls per second. */
    public static void main(String[] args) throws Exception {
        Control control = Control.take();
        DubboProcess process = DubboProcess.of("demo-consumer", args[0]);
        ReferenceConfig<OrderBook> book = process.refers(OrderBook.class);
        book.setTimeout(TIMEOUT_MILLIS);
        book.setRetries(0); // a write that is tried again would be two writes
        TrafficConsumer consumer = new TrafficConsumer(book, args);
        control.serve(process.start().model(), consumer::answer);
        System.exit(0);
    }

    private void answer(String command, Consumer<String> answers) {
        try {
            run(command, answers);
        } catch (SQLException | RuntimeException e) { // whoever asked shows it
            answers.accept("error=" + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String command, Consumer<String> answers) throws SQLException, InterruptedException {
        switch (command) {
            case "start" -> start();
            case "end" -> end();
            case "tally" -> tally.take().forEach(answers);
            case "check old" -> new StoreCheck(oracle, oldUrl, false).run().forEach(answers);
            case "check new" -> new StoreCheck(oracle, newUrl, true).run().forEach(answers);
            default -> one(command.split(" ", -1), answers);
        }
    }

    private void one(String[] words, Consumer<String> answers) {
        long number = Long.parseLong(words[2]);
        RpcContext.getClientAttachment().setAttachment("uid", words[1]);
        try {
            Receipt receipt = words[0].equals("find") ? book.get().find(number) : change(number, words[1]);
            answers.accept("version=" + receipt.version());
            answers.accept("found=" + receipt.found());
        } catch (RpcException e) { // at the start, no provider is known yet
            answers.accept("unanswered=" + e.getMessage());
        }
    }

    private Receipt change(long number, String uid) {
        Order order = new Order(number, "customer-" + uid, BigDecimal.TEN.setScale(2), "by " + uid, "app", "of " + uid);
        Receipt receipt = book.get().change(order);
        oracle.happened(number, Effect.changed(!receipt.version().startsWith("1."), order));
        return receipt;
    }

    private void start() {
        Traffic begun = new Traffic(book.get(), oracle, tally, callsPerSecond);
        traffic.add(begun);
        begun.start();
    }

    private void end() throws InterruptedException {
        for (Traffic each : traffic) {
            each.end();
        }
    }
}
