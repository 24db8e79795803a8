package io.grayrelease.nginx.lua;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;

import io.grayrelease.nginx.drive.UnixHttp;

/** What the agent asks of an Nginx with our Lua, and tells it. Used by one thread at a time. */
final class LuaControl {
    private static final Gson GSON = new Gson();
    private static final long POLL_MILLIS = 25;
    private static final Duration PATIENCE_FOR_AN_ANSWER = Duration.ofSeconds(30); // a million values take seconds

    private final UnixHttp http;
    private final Path socket;
    private final Duration patience;

    /** @param patience how long workers may take until all have a revision */
    LuaControl(Path socket, Duration patience) {
        this.http = new UnixHttp(socket, PATIENCE_FOR_AN_ANSWER);
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * What runs.
     *
     * @param revision 0: no policy is known
     * @param acks the revision that each worker has
     */
    record State(long revision, List<Long> acks, int workers) {
        boolean isEverywhere(long wanted) {
            return revision == wanted && acks.size() == workers && acks.stream().allMatch(ack -> ack == wanted);
        }
    }

    State state() throws IOException {
        UnixHttp.Response response = http.get("/state");
        try {
            State state = response.status() == 200 ? GSON.fromJson(response.body(), State.class) : null;
            if (state == null || state.acks() == null) {
                throw new IOException("no answer of ours: " + response);
            }
            return state;
        } catch (JsonParseException e) {
            throw new IOException("no answer of ours: " + response, e);
        }
    }

    /** The text in force. */
    String policy() throws IOException {
        UnixHttp.Response response = http.get("/policy");
        if (response.status() != 200) {
            throw new IOException("no policy: " + response);
        }
        return response.body();
    }

    /** Puts a policy into force; a status other than 200 means that nothing changed, the body tells why. */
    UnixHttp.Response put(String policy) throws IOException {
        return http.put("/policy", policy);
    }

    /** Waits until what runs is as wanted, which the last state asked tells if it takes too long. */
    void await(String wanted, Predicate<State> is) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String found = look(is);
            if (found.isEmpty()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("expected " + wanted + " within " + patience.toMillis() + " ms, found " + found);
            }
            pause();
        }
    }

    /** Empty if it is as wanted, else what was found. */
    private String look(Predicate<State> is) {
        try {
            State state = state();
            return is.test(state) ? "" : state.toString();
        } catch (IOException e) {
            return "no answer on " + socket + " (" + e.getMessage() + ")"; // one that reloads answers again at once
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
