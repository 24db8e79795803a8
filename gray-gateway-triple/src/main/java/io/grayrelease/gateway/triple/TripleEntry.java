package io.grayrelease.gateway.triple;

import org.apache.dubbo.common.config.ConfigurationUtils;
import org.apache.dubbo.rpc.model.ApplicationModel;
import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayApplication;
import io.grayrelease.gateway.Entry;
import io.grayrelease.gateway.EntrySettings;
import io.grayrelease.gateway.TagSigner;

/** How the Triple ports of one application treat what comes. One per application. Thread-safe. */
final class TripleEntry {
    private final EntrySettings settings;
    private final Entry entry;

    private TripleEntry(EntrySettings settings, GrayApplication application) {
        this.settings = settings;
        this.entry = Entry.of(settings, application::policy);
    }

    static TripleEntry of(ApplicationModel model) {
        return model.getBeanFactory()
                .getOrRegisterBean(
                        TripleEntry.class,
                        type -> new TripleEntry(
                                TripleSettings.read(property -> ConfigurationUtils.getProperty(model, property)),
                                GrayApplication.of(model)));
    }

    Entry entry() {
        return entry;
    }

    @Nullable
    TagSigner signer() {
        return settings.signer();
    }
}
