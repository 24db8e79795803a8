package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

/** Whether the Triple ports of an application serve outside callers: {@code dubbo.gray.entry=edge}. One per application. */
final class EdgeRole {
    private static final String KEY = "dubbo.gray.entry";
    private static final String EDGE = "edge";
    private static final String INTERNAL = "internal";

    private final boolean edge;

    private EdgeRole(@Nullable String setting) {
        if (setting != null && !setting.equals(EDGE) && !setting.equals(INTERNAL)) {
            throw new IllegalArgumentException(
                    "gray: " + KEY + "=" + setting + ": expected " + EDGE + " or " + INTERNAL);
        }
        this.edge = EDGE.equals(setting);
    }

    static EdgeRole of(ApplicationModel model) {
        return model.getBeanFactory()
                .getOrRegisterBean(EdgeRole.class, type -> new EdgeRole(ConfigurationUtils.getProperty(model, KEY)));
    }

    boolean isEdge() {
        return edge;
    }
}
