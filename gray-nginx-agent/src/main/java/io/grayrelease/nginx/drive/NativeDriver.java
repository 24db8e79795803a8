package io.grayrelease.nginx.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.grayrelease.nginx.model.EdgeModel;
import io.grayrelease.policy.model.GrayPolicy;
import io.grayrelease.policy.model.Problem;

/** Tells any Nginx what to do by directives of its own, and reloads it at every change. */
public final class NativeDriver implements NginxDriver {
    /** Says a model in directives. */
    public interface Renderer {
        /**
         * The text of the files, by name.
         *
         * @param revision what {@code revision.sock} is to answer
         */
        Map<String, String> files(EdgeModel model, long revision);

        /** See {@link NginxDriver#unsupported}. */
        List<Problem> unsupported(GrayPolicy policy);
    }

    private final Installation installation;
    private final Renderer renderer;
    private final NginxProgram.Version version;

    /**
     * Drives one Nginx.
     *
     * @throws DriveException if the program cannot be run
     */
    public NativeDriver(NginxProgram program, Installation installation, Renderer renderer) throws DriveException {
        this.installation = installation;
        this.renderer = renderer;
        this.version = program.version();
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public List<Problem> unsupported(GrayPolicy policy) {
        return renderer.unsupported(policy);
    }

    @Override
    public Applied recover() throws DriveException {
        return installation.recover();
    }

    @Override
    public Applied apply(EdgeModel model) throws DriveException {
        GrayPolicy policy = model.policy();
        return installation.install(revision -> renderer.files(model, revision), policy == null ? null : policy.hash());
    }

    @Override
    public boolean removeStaleSockets() {
        return installation.removeStaleSockets();
    }

    @Override
    public List<String> warnings() {
        return warnings(version, installation.warnings());
    }

    static List<String> warnings(NginxProgram.Version version, List<String> others) {
        List<String> all = new ArrayList<>();
        if (version.compareTo(NginxProgram.KEEPS_CONNECTIONS) < 0) {
            all.add("nginx " + version
                    + " closes keep-alive connections at every reload, and a request that a client has"
                    + " just sent on one fails (about one for ten connections under load); nginx "
                    + NginxProgram.KEEPS_CONNECTIONS
                    + " or later, or the driver lua, loses none");
        }
        all.addAll(others);
        return all;
    }

    @Override
    public void close() {}
}
