package io.grayrelease.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.google.gson.Gson;

import io.grayrelease.demo.api.Hop;
import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.source.PolicyInForce;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Orders something for whoever asks, and answers in JSON with the services that took part. It reads neither uid nor tag: the
 * entry in front of it does, and Dubbo's calls carry them.
 */
final class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String DECIDED_BY = "X-Decided-By";

    private final transient GrayApplication gray;
    private final boolean behindNginx;
    private final transient Function<String, List<Hop>> order;
    private final transient Gson json = new Gson();

    OrderServlet(GrayApplication gray, boolean behindNginx, Function<String, List<Hop>> order) {
        this.gray = gray;
        this.behindNginx = behindNginx;
        this.order = order;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        PolicyInForce policy = gray.policy();
        answer.put("policy", policy == null ? "none" : policy.policy().hash());
        answer.put("decidedBy", decidedBy(request));
        try {
            answer.put("hops", hops(order.apply("book")));
        } catch (RuntimeException e) { // the page says why
            response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
            answer.put("error", String.valueOf(e.getMessage()));
        }
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.getWriter().write(json.toJson(answer));
    }

    /** The Nginx of the demo overwrites what a client says of it. */
    private String decidedBy(HttpServletRequest request) {
        String nginx = behindNginx ? request.getHeader(DECIDED_BY) : null;
        return nginx == null ? "the entry of the consumer" : nginx;
    }

    private static List<Map<String, String>> hops(List<Hop> hops) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Hop hop : hops) {
            Map<String, String> one = new LinkedHashMap<>();
            one.put("service", hop.service());
            one.put("version", hop.version());
            one.put("tag", hop.tag());
            all.add(one);
        }
        return all;
    }
}
