package io.grayrelease.dubbo.router;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.dubbo.common.URL;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.common.utils.Holder;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.RpcInvocation;
import org.apache.dubbo.rpc.cluster.router.state.BitList;
import org.apache.dubbo.rpc.cluster.router.state.TailStateRouter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.grayrelease.dubbo.context.RouteOutcome;

import static org.assertj.core.api.Assertions.assertThat;

class GrayStateRouterTest {
    private static final String ROUTE = Routing.SERVICE + ":2.0.0";

    @TempDir
    Path folder;

    private Routing routing;

    @BeforeEach
    void start() {
        routing = new Routing(folder);
    }

    @AfterEach
    void stop() {
        routing.close();
        RpcContext.removeServiceContext();
    }

    @Test
    void noPolicy_leavesAllProviders() {
        routing.providers("a:1.0.0", "a:2.0.0", "a:");

        assertThat(routing.route(null)).containsExactly("a:1.0.0", "a:2.0.0", "a:none");
        assertThat(routing.route("T")).containsExactly("a:1.0.0", "a:2.0.0", "a:none");
    }

    @Test
    void tag_goesToTheVersionOfItsRoute() {
        routing.providers("a:1.0.0", "a:2.0.0", "a:2.0.0").policy("route.T", ROUTE);

        assertThat(routing.route("T")).containsExactly("a:2.0.0", "a:2.0.0");
    }

    @Test
    void untagged_neverReachesAVersionThatARouteNames() {
        routing.providers("a:1.0.0", "a:2.0.0", "a:").policy("route.T", ROUTE);

        assertThat(routing.route(null)).containsExactly("a:1.0.0", "a:none");
        assertThat(routing.route("-")).containsExactly("a:1.0.0", "a:none");
    }

    @Test
    void unknownOrMalformedTag_isABaselineCall() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE);

        assertThat(routing.route("U")).containsExactly("a:1.0.0");
        assertThat(routing.route("T,,")).containsExactly("a:1.0.0");
        assertThat(routing.route("")).containsExactly("a:1.0.0");
        assertThat(routing.route("T;stop")).containsExactly("a:1.0.0");
    }

    @Test
    void severalTags_theFirstWithATargetDecides() {
        routing.providers("a:1.0.0", "a:2.0.0", "a:3.0.0")
                .policy("route.T", ROUTE, "route.U", Routing.SERVICE + ":3.0.0", "route.other", "x.Other:9");

        assertThat(routing.route("other,U,T")).containsExactly("a:3.0.0");
        assertThat(routing.route("T,U")).containsExactly("a:2.0.0");
    }

    @Test
    void applicationTarget_meansTheProvidersOfThatApplication() {
        routing.providers("a:1.0.0", "a:2.0.0", "b:2.0.0").policy("route.T", "b:2.0.0");

        assertThat(routing.route("T")).containsExactly("b:2.0.0");
        assertThat(routing.route(null)).containsExactly("a:1.0.0", "a:2.0.0");
    }

    @Test
    void interfaceTarget_comesBeforeApplicationBeforeAny() {
        routing.providers("a:1", "a:2", "a:3")
                .policy("route.T", Routing.SERVICE + ":1, a:2, *:3", "route.U", "a:2, *:3", "route.V", "*:3");

        assertThat(routing.route("T")).containsExactly("a:1");
        assertThat(routing.route("U")).containsExactly("a:2");
        assertThat(routing.route("V")).containsExactly("a:3");
    }

    @Test
    void gone_fallsBackToBaseline() {
        routing.providers("a:1.0.0", "a:3.0.0").policy("route.T", ROUTE, "route.U", Routing.SERVICE + ":3.0.0");
        RpcInvocation call = routing.call("T");

        assertThat(routing.route(call, routing.list())).containsExactly("a:1.0.0");
        assertThat(RouteOutcome.of(call).kind()).isEqualTo(RouteOutcome.Kind.FALLBACK);
    }

    @Test
    void gone_strict_answersWithNobodyAndSaysWhy() {
        routing.providers("a:1.0.0").policy("route.T", ROUTE + " ; fallback=strict");
        RpcInvocation call = routing.call("T");

        assertThat(routing.route(call, routing.list())).isEmpty();
        assertThat(RouteOutcome.of(call).kind()).isEqualTo(RouteOutcome.Kind.REJECTED);
        assertThat(RouteOutcome.of(call).reason()).contains("T", Routing.SERVICE, "2.0.0", "strict");
    }

    @Test
    void noBaselineProvider_anyProviderOrNobody() {
        routing.providers("a:2.0.0").policy("route.T", ROUTE);
        RpcInvocation call = routing.call(null);
        assertThat(routing.route(call, routing.list())).containsExactly("a:2.0.0");
        assertThat(RouteOutcome.of(call).kind()).isEqualTo(RouteOutcome.Kind.FAIL_OPEN);

        routing.policy("route.T", ROUTE, "when-baseline-empty", "fail");
        assertThat(routing.route(call, routing.list())).isEmpty();
        assertThat(RouteOutcome.of(call).kind()).isEqualTo(RouteOutcome.Kind.REJECTED);
        assertThat(routing.route("T")).containsExactly("a:2.0.0");
    }

    @Test
    void pinnedBaseline_isTheOnlyVersionOfUntaggedCalls() {
        routing.providers("a:1.0.0", "a:1.1.0", "a:2.0.0")
                .policy("route.T", ROUTE, "baseline", Routing.SERVICE + ":1.1.*");

        assertThat(routing.route(null)).containsExactly("a:1.1.0");
    }

    @Test
    void switchedOff_tagsDecideNothingAndRoutesStillReserve() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE, "switch", "off");

        assertThat(routing.route("T")).containsExactly("a:1.0.0");
        assertThat(routing.route(null)).containsExactly("a:1.0.0");
    }

    @Test
    void consumersOwnVersion_isNotTakenForTheProviders() {
        routing.providers("a:1.0.0", "a:2.0.0", "a:").policy("route.T", Routing.SERVICE + ":consumer-own");

        assertThat(routing.route("T")).as("nobody has it: fallback").containsExactly("a:1.0.0", "a:2.0.0", "a:none");
    }

    @Test
    void applicationVersion_countsWhereAProviderHasNoneOfOurs() {
        routing.list(new BitList<>(List.of(
                        routing.provider("old", "&application.version=2.0.0"),
                        routing.provider("both", "&application.version=2.0.0&gray.version=1.0.0"))))
                .policy("route.T", ROUTE);

        assertThat(routing.route("T")).containsExactly("old:none");
        assertThat(routing.route(null)).containsExactly("both:1.0.0");
    }

    @Test
    void serviceVersion_countsForConsumersOfAllVersionsOnly() {
        try (Routing any = new Routing(
                folder.resolve("any"),
                "consumer://127.0.0.1/" + Routing.SERVICE + "?interface=" + Routing.SERVICE
                        + "&application=c&version=*")) {
            any.list(new BitList<>(List.of(any.provider("a", "&version=2.0.0"), any.provider("b", "&version=1.0.0"))))
                    .policy("route.T", ROUTE);
            assertThat(any.route("T")).containsExactly("a:none");
        }
        routing.list(new BitList<>(List.of(routing.provider("a", "&version=2.0.0"))))
                .policy("route.T", ROUTE);
        RpcInvocation call = routing.call("T");
        routing.route(call, routing.list());
        assertThat(RouteOutcome.of(call).kind()).isEqualTo(RouteOutcome.Kind.FALLBACK);
    }

    @Test
    void liveProvidersOnly_theListOfTheCallIsNarrowedNeverWidened() {
        routing.providers("a:1.0.0", "a:2.0.0", "b:2.0.0").policy("route.T", ROUTE);
        BitList<Invoker<TestService>> live = routing.list().clone();
        live.remove(routing.list().get(1));

        assertThat(routing.route(routing.call("T"), live)).containsExactly("b:2.0.0");
        live.remove(routing.list().get(2));
        assertThat(routing.route(routing.call("T"), live)).containsExactly("a:1.0.0");
        live.remove(routing.list().get(0));
        assertThat(routing.route(routing.call("T"), live)).isEmpty();
    }

    @Test
    void tail_isNarrowedToo() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE);
        BitList<Invoker<TestService>> live = routing.list().clone();
        live.add(routing.provider("tail:2.0.0"));
        live.add(routing.provider("tail:1.0.0"));

        assertThat(routing.route(routing.call("T"), live)).containsExactly("a:2.0.0", "tail:2.0.0");
        assertThat(routing.route(routing.call(null), live)).containsExactly("a:1.0.0", "tail:1.0.0");
        live.remove(routing.list().get(1));
        assertThat(routing.route(routing.call("T"), live)).containsExactly("tail:2.0.0");
    }

    @Test
    void anotherList_isReadInPlace() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE);
        GrayStateRouter<TestService> router = routing.router();
        router.setNextRouter(TailStateRouter.getInstance());
        router.notify(routing.list());
        BitList<Invoker<TestService>> other =
                new BitList<>(List.of(routing.provider("b:2.0.0"), routing.provider("b:1.0.0")));

        for (int i = 0; i < 2; i++) { // the second time, nothing of the other list may be remembered
            assertThat(route(router, other, "T")).containsExactly("b:2.0.0");
            assertThat(route(router, routing.list(), "T")).containsExactly("a:2.0.0");
        }
    }

    @Test
    void beforeAnyNotification_routesWhatItIsGiven() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE);
        GrayStateRouter<TestService> router = routing.router();
        router.setNextRouter(TailStateRouter.getInstance());

        assertThat(route(router, routing.list(), "T")).containsExactly("a:2.0.0");
    }

    @Test
    void brokenUrl_neverThrowsAndNarrowsNothing() {
        Invoker<TestService> broken = new FakeProvider(URL.valueOf("dubbo://127.0.0.1:1/x")) {
            @Override
            public URL getUrl() {
                throw new IllegalStateException("broken on purpose");
            }
        };
        routing.policy("route.T", ROUTE);
        BitList<Invoker<TestService>> list =
                new BitList<>(new ArrayList<>(List.of(broken, routing.provider("a:2.0.0"))));
        GrayStateRouter<TestService> router = routing.router();
        router.setNextRouter(TailStateRouter.getInstance());

        router.notify(list);

        BitList<Invoker<TestService>> given = list.clone();
        assertThat(router.route(given, routing.consumerUrl(), routing.call("T"), false, null))
                .hasSize(2);
    }

    @Test
    void emptyList_isGivenBackUntouched() {
        routing.providers().policy("route.T", ROUTE + ";fallback=strict");

        assertThat(routing.route("T")).isEmpty();
        assertThat(BitList.emptyList()).isEmpty();
    }

    @Test
    void readingProviders_leavesTheConsumerUrlOfTheThread() {
        URL before = URL.valueOf("consumer://127.0.0.1/mine");
        RpcContext.getServiceContext().setConsumerUrl(before);
        FakeProvider meddling = new FakeProvider(routing.provider("a:2.0.0").getUrl()) {
            @Override
            public URL getUrl() {
                RpcContext.getServiceContext().setConsumerUrl(URL.valueOf("consumer://127.0.0.1/other"));
                return super.getUrl();
            }
        };

        ProviderIndex.of(List.of(meddling), false);

        assertThat(RpcContext.getServiceContext().getConsumerUrl()).isSameAs(before);
    }

    @Test
    void snapshotMessage_saysWhatTheRouterDid() {
        routing.providers("a:1.0.0", "a:2.0.0").policy("route.T", ROUTE);
        GrayStateRouter<TestService> router = routing.router();
        router.notify(routing.list());
        Holder<String> message = new Holder<>();

        router.doRoute(routing.list().clone(), routing.consumerUrl(), routing.call("T"), true, null, message);

        assertThat(message.get()).contains("tag T", Routing.SERVICE, "2.0.0");
        assertThat(router.doBuildSnapshot()).contains("a 1.0.0: 1", "a 2.0.0: 1");
    }

    @Test
    void order_isBelowDubbosSharedRouters() {
        assertThat(GrayStateRouterFactory.class.getAnnotation(Activate.class).order())
                .isBetween(-49, 99);
    }

    private List<String> route(GrayStateRouter<TestService> router, BitList<Invoker<TestService>> list, String tags) {
        return router.route(list.clone(), routing.consumerUrl(), routing.call(tags), false, null).stream()
                .map(Object::toString)
                .toList();
    }
}
