package io.grayrelease.gateway.triple;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.grayrelease.dubbo.context.GrayContext;
import io.grayrelease.dubbo.context.GrayPropagator;
import io.grayrelease.gateway.ForgeableNames;
import io.grayrelease.gateway.TagSigner;

/** Signed tags among the attachments of a call: of a Dubbo call, or of an HTTP request. */
final class Signatures {
    private Signatures() {}

    /** What a service of our own has said, or null if nobody did. */
    static @Nullable GrayContext believed(Map<String, Object> attachments, @Nullable TagSigner signer) {
        if (signer == null) {
            return null;
        }
        String uid = value(attachments, GrayPropagator.UID);
        GrayContext attached = believed(
                value(attachments, GrayPropagator.TAG),
                uid,
                value(attachments, ForgeableNames.ATTACHED_SIGNATURE),
                signer);
        return attached != null
                ? attached
                : believed(
                        value(attachments, ForgeableNames.TAG),
                        null,
                        value(attachments, ForgeableNames.SIGNATURE),
                        signer);
    }

    private static @Nullable GrayContext believed(
            @Nullable String tags, @Nullable String uid, @Nullable String signature, TagSigner signer) {
        return tags != null && signature != null && signer.accepts(tags, uid, signature)
                ? GrayContext.decided(GrayPropagator.tags(tags), uid)
                : null;
    }

    /** HTTP/1 keeps the case in which the client wrote a name. */
    private static @Nullable String value(Map<String, Object> attachments, String name) {
        for (Map.Entry<String, Object> entry : attachments.entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey()) && entry.getValue() instanceof String) {
                return (String) entry.getValue();
            }
        }
        return null;
    }
}
