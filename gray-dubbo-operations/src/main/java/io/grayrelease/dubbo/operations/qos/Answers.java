package io.grayrelease.dubbo.operations.qos;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.dubbo.rpc.model.ApplicationModel;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.policy.decide.WrittenRequest;

/** Answers what is asked on the QoS port, for every application of the process. Never throws. */
final class Answers {
    private static final String USAGE = String.join(
            "\n",
            "usage:",
            "  gray status",
            "  gray explain SERVICE [NAME=VALUE ...]",
            "    SERVICE is an interface that this process calls, as com.acme.OrderService.",
            "    NAME is uid, token, ip, caller, service, method, header.NAME, cookie.NAME, param.NAME,",
            "    attachment.NAME, arg.0 or arg.0.customer.level; what is not given is missing.",
            "by HTTP, the values in this order, under different names:",
            "  /gray?a=status",
            "  /gray?a=explain&b=com.acme.OrderService&c=uid%3D10086");

    private final FrameworkModel framework;

    Answers(FrameworkModel framework) {
        this.framework = framework;
    }

    String to(String @Nullable [] arguments) {
        List<String> words = arguments == null ? Arrays.asList() : Arrays.asList(arguments);
        try {
            return answer(words);
        } catch (IllegalArgumentException e) {
            return e.getMessage() + "\n" + USAGE;
        } catch (RuntimeException | LinkageError e) {
            return "gray: a fault of gray itself: " + e;
        }
    }

    private String answer(List<String> words) {
        if (words.size() == 1 && words.get(0).equals("status")) {
            return ofEach(model -> new StatusText(model, Clock.systemUTC()).toString());
        }
        if (words.size() >= 2 && words.get(0).equals("explain")) {
            String service = words.get(1);
            WrittenRequest request = WrittenRequest.parse(words.subList(2, words.size()));
            return ofEach(model -> new ExplainText(model, service, request, Clock.systemUTC()).toString());
        }
        return USAGE;
    }

    private String ofEach(Function<ApplicationModel, String> text) {
        String all = framework.getApplicationModels().stream()
                .filter(model -> !model.isInternal() && GrayApplication.find(model) != null)
                .map(text)
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? "gray: no application of this process uses it" : all;
    }
}
