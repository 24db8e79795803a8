package io.grayrelease.it;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.dubbo.rpc.RpcContext;
import org.slf4j.MDC;

import io.grayrelease.dubbo.context.GrayContext;

/** What one application saw of a request, as a line of text: {@code order 2.0.0 tag=T uid=7 mdc=T current=T}. */
final class Hop {
    private Hop() {}

    static String seen(String application) {
        return application + " tag=" + RpcContext.getServerAttachment().getAttachment("gray-tag") + " uid="
                + RpcContext.getServerAttachment().getAttachment("gray-uid") + " mdc=" + MDC.get("gray.tag")
                + " current=" + GrayContext.current().tags();
    }

    /** The applications on a path: {@code order 2.0.0 > stock 2.0.0}. */
    static String path(List<String> hops) {
        return hops.stream().map(hop -> hop.substring(0, hop.indexOf(" tag="))).collect(Collectors.joining(" > "));
    }

    /** The different values that the hops saw under a name. */
    static List<String> values(List<String> hops, String name) {
        return hops.stream()
                .flatMap(hop -> Stream.of(hop.split(" ")))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> part.substring(name.length() + 1))
                .distinct()
                .toList();
    }
}
