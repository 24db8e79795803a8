package io.grayrelease.dubbo.context;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.alibaba.ttl.TransmittableThreadLocal.Transmitter;
import com.alibaba.ttl.TransmittableThreadLocal.Transmitter.Transmittee;

/** Lets TransmittableThreadLocal (TTL) carry the context in all tasks that it wraps, if the service has TTL. */
final class GrayTransmittee {
    private static final Logger LOG = LoggerFactory.getLogger(GrayTransmittee.class);

    private GrayTransmittee() {}

    /** Registers with the TTL on the class path, once per class loader; without TTL, or with one before 2.14, does nothing. */
    static void registerIfPresent() {
        try {
            Carrier.register();
        } catch (LinkageError absent) {
            LOG.debug("gray: no TransmittableThreadLocal 2.14 or later on the class path", absent);
        }
    }

    /** Apart, because it cannot be loaded without TTL. */
    private static final class Carrier implements Transmittee<GrayContext, Scopes.Entered> {
        private static final Carrier INSTANCE = new Carrier();

        static void register() {
            Transmitter.registerTransmittee(INSTANCE); // false, and no change, if it is registered already
        }

        @Override
        public GrayContext capture() {
            return GrayContext.current();
        }

        @Override
        public Scopes.Entered replay(GrayContext captured) {
            return Scopes.replace(captured);
        }

        @Override
        public Scopes.Entered clear() {
            return replay(GrayContext.NONE);
        }

        @Override
        public void restore(Scopes.Entered before) {
            Scopes.reset(before);
        }
    }
}
