package io.grayrelease.dubbo.context.messaging;

import java.util.Map;

import org.apache.rocketmq.common.message.Message;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;

/**
 * Carries the context in the user properties of RocketMQ's messages. Stateless; never throws on what a message carries.
 *
 * <pre>{@code
 * GrayRocketMq.inject(message); // producer, before send(message)
 * try (GrayContext.Scope s = GrayContext.open(GrayRocketMq.extract(message))) { // consumer, for each message of the list
 *     orders.list(); // goes where the sender's request would have gone
 * }
 * }</pre>
 */
public final class GrayRocketMq {
    private GrayRocketMq() {}

    /**
     * Writes the current context in place of an earlier uid. It leaves the message as it is where there is no context
     * and where the sender has set {@link GrayPropagator#TAG} itself.
     */
    public static void inject(Message message) {
        GrayContext context = GrayContext.current();
        if (context.equals(GrayContext.NONE) || message.getUserProperty(GrayPropagator.TAG) != null) {
            return;
        }
        Map<String, String> properties = message.getProperties();
        if (properties != null) {
            properties.remove(GrayPropagator.UID);
        }
        // What the propagator writes is never blank, and its keys are none of RocketMQ's own: the setter takes them
        // all.
        GrayPropagator.inject(context, message::putUserProperty);
    }

    /** The context that a message carries. */
    public static GrayContext extract(Message message) {
        return GrayPropagator.extract(message::getUserProperty);
    }
}
