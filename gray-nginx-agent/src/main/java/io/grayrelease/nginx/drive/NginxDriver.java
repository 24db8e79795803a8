package io.grayrelease.nginx.drive;

import java.util.List;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** One way to tell an Nginx what it is to do. Used by one thread at a time. */
public interface NginxDriver extends AutoCloseable {
    /** For people: {@code native} or {@code lua}. */
    String name();

    /** What this driver cannot express of a policy exactly, by key; empty if it can express everything. Asked from any thread. */
    List<Problem> unsupported(GrayPolicy policy);

    /**
     * Brings the state on disk and the Nginx that runs into one, after a start at any moment of {@link #apply}: what is in force
     * then is a revision that had been verified, or the one that was about to be.
     *
     * @throws DriveException if nothing that could be verified is in force
     */
    Applied recover() throws DriveException;

    /**
     * Brings a model into force and waits until Nginx answers with its revision; a model that is in force already costs a question.
     * If it fails, the last good revision is in force again. An Nginx that does not run will start with it, and {@link #warnings} says so.
     *
     * @throws DriveException telling what failed and what is in force now
     */
    Applied apply(EdgeModel model) throws DriveException;

    /**
     * Removes sockets that a killed Nginx left behind, for the next cannot bind to them; returns whether there were any. Asked often:
     * an Nginx that starts gives up after 2.5 s.
     */
    boolean removeStaleSockets();

    /** What operators should know of this Nginx, such as that reloads cost requests; empty if all is well. */
    List<String> warnings();

    /** Stops; Nginx goes on with what is in force. */
    @Override
    void close();
}
