package io.grayrelease.dubbo.filter;

import org.apache.dubbo.rpc.Invocation;

/** Calls of HTTP clients, which Dubbo 3.3 serves over Triple: their attachments are the headers as the client wrote them. */
final class RestCalls {
    /** What Triple tells of a call; a value of Dubbo's {@code TripleConstants}, which 3.1 does not have. */
    private static final String HANDLER = "tri.handler.type";

    private static final String REST = "rest";

    private RestCalls() {}

    static boolean contain(Invocation received) {
        return REST.equals(received.get(HANDLER));
    }
}
