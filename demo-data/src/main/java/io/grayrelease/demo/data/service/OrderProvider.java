package io.grayrelease.demo.data.service;

import org.apache.dubbo.config.ReferenceConfig;

import io.grayrelease.data.Migration;
import io.grayrelease.data.RowMapper;
import io.grayrelease.demo.api.StockService;
import io.grayrelease.demo.data.api.Order;
import io.grayrelease.demo.data.api.OrderBook;
import io.grayrelease.demo.provider.Control;
import io.grayrelease.demo.provider.DubboProcess;
import io.grayrelease.demo.provider.Witness;

/** One process of the order service, of the version in the property {@code dubbo.gray.version}. */
public final class OrderProvider {
    private OrderProvider() {}

    /** Arguments: the ZooKeeper, {@code host:port}, and the JDBC URLs of the old and the new database. */
    public static void main(String[] args) throws Exception {
        Control control = Control.take();
        String version = System.getProperty("dubbo.gray.version", "unversioned");
        DubboProcess process = DubboProcess.of("order", args[0]);
        ReferenceConfig<StockService> stock = process.refers(StockService.class);
        try (OrderStores stores = OrderStores.of(args[1], args[2]);
                Migration<Long, Order> orders = Migration.of("orders", stores.old(), stores.ofNew(), mapper(version))
                        .start()) {
            process.provides(
                    OrderBook.class, new MigratedOrders(new Witness("order", version), orders, item -> stock.get()
                            .reserve(item)));
            OperatorDesk desk = new OperatorDesk(orders, stores);
            control.serve(process.start().model(), desk::answer);
            process.stop();
        }
        System.exit(0);
    }

    private static RowMapper<Long, Order> mapper(String version) {
        return version.startsWith("1.") ? new OldOrderMapper() : new NewOrderMapper();
    }
}
