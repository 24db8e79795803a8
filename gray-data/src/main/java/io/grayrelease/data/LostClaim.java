package io.grayrelease.data;

import java.sql.SQLException;

/** A chunk is another worker's now, or done, or its run is over: what was done of it here must not be committed. */
final class LostClaim extends SQLException {
    private static final long serialVersionUID = 1;

    LostClaim(Chunk chunk) {
        super("found that another has " + chunk + ", expected " + chunk.owner(), "40000");
    }
}
