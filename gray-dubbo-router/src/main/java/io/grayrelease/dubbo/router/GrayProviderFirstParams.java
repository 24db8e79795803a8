package io.grayrelease.dubbo.router;

import java.util.Collections;
import java.util.Set;

import org.apache.dubbo.registry.ProviderFirstParams;

import io.grayrelease.dubbo.context.ProviderVersions;

/** Lets others, too, who ask Dubbo for a provider's version get the provider's and not the consumer's own. */
public final class GrayProviderFirstParams implements ProviderFirstParams {
    @Override
    public Set<String> params() {
        return Collections.singleton(ProviderVersions.KEY);
    }
}
