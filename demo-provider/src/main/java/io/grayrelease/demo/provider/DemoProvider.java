package io.grayrelease.demo.provider;

import org.apache.dubbo.config.ReferenceConfig;

import io.grayrelease.demo.api.OrderService;
import io.grayrelease.demo.api.StockService;

/**
 * One provider process: {@code order} or {@code stock}, registered in a ZooKeeper. Its version is that of the property
 * {@code dubbo.gray.version}, as with any service.
 */
public final class DemoProvider {
    private DemoProvider() {}

    /** Arguments: the role, {@code order} or {@code stock}, and the ZooKeeper, {@code host:port}. */
    public static void main(String[] args) throws Exception {
        Control control = Control.take();
        String role = args[0];
        Witness witness = new Witness(role, System.getProperty("dubbo.gray.version", "unversioned"));
        DubboProcess process = DubboProcess.of(role, args[1]);
        switch (role) {
            case "order" -> order(process, witness);
            case "stock" -> process.provides(StockService.class, new Stock(witness));
            default -> throw new IllegalArgumentException("expected order or stock, found " + role);
        }
        control.serve(process.start().model(), (command, answer) -> answer.accept("unknown command " + command));
        process.stop();
        System.exit(0);
    }

    private static void order(DubboProcess process, Witness witness) {
        ReferenceConfig<StockService> stock = process.refers(StockService.class);
        process.provides(
                OrderService.class, new Orders(witness, item -> stock.get().reserve(item)));
    }
}
