package io.grayrelease.dubbo.filter;

import org.apache.dubbo.common.stream.StreamObserver;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcInvocation;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;

/** Lets the messages of Triple's streams arrive in the context of their call. */
final class Streams {
    private static final String DUBBO = "org.apache.dubbo.";

    private Streams() {}

    /** The consumer's side: the observer of the answers is an argument. The call carries its context already. */
    static void carryAnswers(Invocation invocation) {
        Object[] arguments = invocation.getArguments();
        int last = arguments == null ? -1 : arguments.length - 1;
        if (last >= 0 && isPlain(arguments[last]) && invocation instanceof RpcInvocation) {
            GrayContext context = GrayPropagator.extract(invocation::getAttachment);
            Object[] carrying = arguments.clone();
            carrying[last] = new CarryingObserver<>((StreamObserver<?>) arguments[last], context);
            ((RpcInvocation) invocation).setArguments(carrying);
        }
    }

    /** The provider's side: the observer of the requests is what the method returns. */
    static void carryRequests(Invocation invocation, Result result, GrayContext context) {
        Object[] arguments = invocation.getArguments();
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof StreamObserver) {
            Object value = result.getValue();
            if (isPlain(value)) {
                result.setValue(new CarryingObserver<>((StreamObserver<?>) value, context));
            }
        }
    }

    /** Dubbo asks observers that extend its own classes for more than StreamObserver has: those stay as they are. */
    private static boolean isPlain(Object value) {
        if (!(value instanceof StreamObserver) || value instanceof CarryingObserver) {
            return false;
        }
        for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().startsWith(DUBBO)) {
                return false;
            }
        }
        return true;
    }
}
