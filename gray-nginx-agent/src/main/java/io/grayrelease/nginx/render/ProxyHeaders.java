package io.grayrelease.nginx.render;

import io.grayrelease.gateway.ForgeableNames;

/** The headers of a request that is passed on: what is decided here is said, what was forged is gone. */
final class ProxyHeaders {
    private ProxyHeaders() {}

    static String text() {
        StringBuilder text = new StringBuilder("# Written by gray-nginx-agent.\n");
        text.append("proxy_http_version 1.1;\n");
        header(text, "Connection", "\"\"");
        header(text, "Host", "$host");
        header(text, "X-Forwarded-For", "$proxy_add_x_forwarded_for");
        for (String name : ForgeableNames.all()) {
            header(text, name, name.equals(ForgeableNames.TAG) ? "$gray_tag" : "\"\"");
        }
        header(text, "X-Uid", "$gray_uid");
        header(text, "Baggage", "$gray_baggage");
        return text.toString();
    }

    private static void header(StringBuilder text, String name, String value) {
        text.append("proxy_set_header ").append(name).append(' ').append(value).append(";\n");
    }
}
