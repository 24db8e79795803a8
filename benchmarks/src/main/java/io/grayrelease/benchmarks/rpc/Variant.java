package io.grayrelease.benchmarks.rpc;

import java.util.Locale;

import org.apache.dubbo.rpc.RpcContext;

/** A way to send one call in ten to the gray version, and one without any. */
enum Variant {
    WITHOUT {
        @Override
        boolean splits() {
            return false;
        }

        @Override
        void mark(RpcContext call, boolean gray) {}
    },
    GRAY {
        @Override
        void mark(RpcContext call, boolean gray) {}
    },
    TAG_ROUTER {
        @Override
        void mark(RpcContext call, boolean gray) {
            if (gray) {
                call.setAttachment("dubbo.tag", "gray");
            }
        }
    },
    CONDITION_ROUTER {
        @Override
        void mark(RpcContext call, boolean gray) {
            call.setAttachment(STAGE, gray ? "gray" : "stable"); // a missing one is not "different"
        }
    };

    static final String STABLE_VERSION = "1.0.0";
    static final String GRAY_VERSION = "2.0.0";

    /** The attachment by which the condition rule tells calls apart. */
    static final String STAGE = "stage";

    /** Whether it tells calls apart at all. */
    boolean splits() {
        return true;
    }

    boolean hasJars() {
        return this == GRAY;
    }

    /** What a call says of itself, besides the uid that all calls have. */
    abstract void mark(RpcContext call, boolean gray);

    /** Its part of the registry; providers of one variant are not seen by the others. */
    String group() {
        return name().toLowerCase(Locale.ROOT);
    }
}
