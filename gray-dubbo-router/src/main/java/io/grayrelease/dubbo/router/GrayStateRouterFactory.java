package io.grayrelease.dubbo.router;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.cluster.router.state.StateRouter;
import org.apache.dubbo.rpc.cluster.router.state.StateRouterFactory;

import io.grayrelease.dubbo.context.GrayApplication;

/**
 * Makes a new router for every chain. The order is below 100: from there on Dubbo's built-in routers are shared between
 * chains and lead into the chain that was built last, so a router behind them would run for the wrong list, even for
 * another service.
 */
@Activate(order = 10)
public final class GrayStateRouterFactory implements StateRouterFactory {
    @Override
    public <T> StateRouter<T> getRouter(Class<T> interfaceClass, URL url) {
        return new GrayStateRouter<>(url, GrayApplication.of(url.getOrDefaultApplicationModel()));
    }
}
