package io.grayrelease.nginx.agent;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import io.grayrelease.nginx.drive.Installation;
import io.grayrelease.nginx.drive.NativeDriver;
import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.nginx.render.NativeConfiguration;
import io.grayrelease.nginx.render.NativeRenderer;
import io.grayrelease.nginx.render.RenderSettings;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** Gives the native driver its files. */
record NativeRendering(RenderSettings settings, Clock clock) implements NativeDriver.Renderer {
    @Override
    public Map<String, String> files(EdgeModel model, long revision) {
        NativeConfiguration configuration = NativeRenderer.render(model, settings, clock.instant());
        return Map.of(Installation.HTTP, configuration.http(revision), Installation.PROXY, configuration.proxy());
    }

    @Override
    public List<Problem> unsupported(GrayPolicy policy) {
        return NativeRenderer.unsupported(policy);
    }
}
