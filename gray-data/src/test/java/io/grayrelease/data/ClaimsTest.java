package io.grayrelease.data;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Chunks of a table with a key of a text and a number: claimed, lost, done, over every pair of databases. */
class ClaimsTest {
    private static final String PAIRS = "io.grayrelease.data.Pair#installed";
    private static final Table TABLE =
            Table.named("parcels").key("shop", "nr").shared("note").build();
    private static final Duration LONG = Duration.ofMinutes(5);

    /** The two stores, the parcels of the old one, and claims of two processes. */
    private static final class Parcels implements AutoCloseable {
        final Database old;
        final Database ofNew;
        final KeyOrder order;
        final Claims ann;
        final Claims bob;

        Parcels(Pair pair, int shops, int each) throws Exception {
            old = pair.database();
            ofNew = pair.databaseOfNew();
            GrayTables.create(ofNew.source());
            old.execute("CREATE TABLE parcels (note VARCHAR(9), nr INT, shop VARCHAR(9), PRIMARY KEY (shop, nr))");
            for (int shop = 0; shop < shops; shop++) {
                for (int nr = 1; nr <= each; nr++) {
                    old.execute("INSERT INTO parcels VALUES ('n', " + nr + ", 'it''s " + (char) ('a' + shop) + "')");
                }
            }
            order = new KeyOrder(Store.old(old.source(), TABLE), TABLE);
            ann = claims(JobKind.COMPARE);
            bob = claims(JobKind.COMPARE);
        }

        Claims claims(JobKind kind) {
            return new Claims("parcels", kind, Store.old(old.source(), TABLE), TABLE, ofNew.source());
        }

        List<String> keys(Chunk chunk) throws SQLException {
            List<String> keys = new ArrayList<>();
            for (Map<String, @Nullable String> row : order.rows(chunk.range(), 1_000)) {
                keys.add(row.get("shop") + row.get("nr"));
            }
            return keys;
        }

        void done(Claims claims, Chunk chunk, int rows) throws SQLException {
            Sql.own(ofNew.source(), connection -> claims.done(connection, chunk, rows, 1));
        }

        @Override
        public void close() {
            old.close();
            ofNew.close();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void claims_ofTwoProcesses_haveEachRowOnce(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 3, 5)) {
            parcels.ann.begin(7);
            assertThat(parcels.bob.begin(7).run).isEqualTo(7);
            Map<String, String> rows = new TreeMap<>();
            int chunks = 0;
            for (Claims claims = parcels.ann; ; claims = claims == parcels.ann ? parcels.bob : parcels.ann) {
                Chunk chunk = claims.claim(7, LONG, 4);
                if (chunk == null) {
                    break;
                }
                chunks++;
                List<String> keys = parcels.keys(chunk);
                keys.forEach(key -> assertThat(rows.put(key, key)).isNull());
                assertThat(parcels.ann.job().isFinished()).isFalse();
                parcels.done(claims, chunk, keys.size());
            }

            assertThat(rows).hasSize(15).containsKeys("it's a1", "it's a5", "it's c5");
            assertThat(chunks).isEqualTo(4);
            Job job = parcels.bob.job();
            assertThat(job.isFinished()).isTrue();
            assertThat(job.rowsDone).isEqualTo(15);
            assertThat(job.rowsWritten).isEqualTo(4);
            assertThat(parcels.claims(JobKind.COPY).job()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void claims_ofAnEmptyTable_areOneChunkOfAllKeys(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 0, 0)) {
            parcels.ann.begin(1);
            Chunk chunk = parcels.ann.claim(1, LONG, 10);

            assertThat(chunk.range().low()).isNull();
            assertThat(chunk.range().high()).isNull();
            assertThat(parcels.bob.claim(1, LONG, 10)).isNull();
            assertThat(parcels.bob.job().isFinished()).isFalse();
            parcels.done(parcels.ann, chunk, 0);
            assertThat(parcels.bob.job().isFinished()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void run_whoseLastChunkIsDoneFirst_endsWithTheOther(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 1, 9)) {
            parcels.ann.begin(1);
            Chunk first = parcels.ann.claim(1, LONG, 5);
            Chunk last = parcels.bob.claim(1, LONG, 5);
            assertThat(last.range().high()).isNull();

            parcels.done(parcels.bob, last, 4);
            assertThat(parcels.ann.job().isFinished()).isFalse();
            parcels.done(parcels.ann, first, 5);
            assertThat(parcels.ann.job().isFinished()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void chunk_whoseLeaseIsOver_isAnothersAndNotItsOldOwners(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 1, 9)) {
            parcels.ann.begin(1);
            Chunk first = parcels.ann.claim(1, Duration.ofMillis(50), 4);
            Chunk again = awaitClaimOf(first, parcels.bob);

            assertThat(again.range().high()).isEqualTo(first.range().high());
            assertThatThrownBy(() -> parcels.done(parcels.ann, first, 4)).isInstanceOf(LostClaim.class);
            assertThatThrownBy(() -> parcels.ann.extend(first, LONG)).isInstanceOf(LostClaim.class);
            assertThatThrownBy(() -> parcels.ann.release(first)).isInstanceOf(LostClaim.class);
            assertThatThrownBy(() -> hold(parcels, first)).isInstanceOf(LostClaim.class);
            assertThat(parcels.ann.job().rowsDone).isZero();
            parcels.done(parcels.bob, again, 4);
            assertThatThrownBy(() -> parcels.done(parcels.bob, again, 4)).isInstanceOf(LostClaim.class);
            assertThat(parcels.ann.job().rowsDone).isEqualTo(4);
        }
    }

    private static void hold(Parcels parcels, Chunk chunk) throws SQLException {
        Sql.own(parcels.ofNew.source(), connection -> {
            parcels.ann.hold(connection, chunk);
            return true;
        });
    }

    private static Chunk awaitClaimOf(Chunk lost, Claims claims) {
        Chunk[] again = new Chunk[1];
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            again[0] = claims.claim(lost.run(), LONG, 4);
            return again[0] != null && again[0].number() == lost.number();
        });
        return again[0];
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void chunk_thatIsHeld_isNotClaimedThoughItsLeaseIsOver(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 1, 9)) {
            parcels.ann.begin(1);
            Chunk chunk = parcels.ann.claim(1, LONG, 100);
            parcels.ann.release(chunk);
            Job job = Sql.own(parcels.ofNew.source(), connection -> {
                parcels.ann.hold(connection, chunk);
                assertThat(parcels.bob.claim(1, LONG, 100)).isNull();
                return parcels.ann.done(connection, chunk, 9, 9);
            });

            assertThat(job.isFinished()).isTrue();
            assertThat(parcels.bob.claim(1, LONG, 100)).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void chunk_advanced_leavesTheRestToWhoComesAfter(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 2, 5)) {
            parcels.ann.begin(1);
            Chunk chunk = parcels.ann.claim(1, LONG, 7);
            Map<String, @Nullable String> third = Map.of("shop", "it's a", "nr", "3");
            Chunk rest = chunk.in(chunk.range().after(third));
            Sql.own(parcels.ofNew.source(), connection -> {
                parcels.ann.advance(connection, rest, LONG, 3, 2);
                return true;
            });
            assertThat(parcels.keys(rest)).containsExactly("it's a4", "it's a5", "it's b1", "it's b2");

            parcels.ann.release(rest);
            Chunk again = parcels.bob.claim(1, LONG, 7);
            assertThat(again.number()).isEqualTo(chunk.number());
            assertThat(parcels.keys(again)).isEqualTo(parcels.keys(rest));
            assertThat(parcels.ann.job().rowsDone).isEqualTo(3);
            assertThat(parcels.ann.job().rowsWritten).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void run_begunAnew_knowsNothingOfTheOneBefore(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 1, 9)) {
            parcels.ann.begin(1);
            Chunk before = parcels.ann.claim(1, LONG, 4);
            parcels.bob.begin(2);

            assertThat(parcels.ann.begin(1).run).isEqualTo(2);
            assertThat(parcels.ann.claim(1, LONG, 4)).isNull();
            Chunk chunk = parcels.bob.claim(2, LONG, 4);
            assertThat(chunk.range().low()).isNull();
            assertThat(chunk.number()).isEqualTo(before.number());
            assertThatThrownBy(() -> parcels.done(parcels.ann, before, 4)).isInstanceOf(LostClaim.class);
        }
    }

    @ParameterizedTest
    @MethodSource(PAIRS)
    void clockAndEstimate_areTheDatabases(Pair pair) throws Exception {
        try (Parcels parcels = new Parcels(pair, 2, 5)) {
            boolean postgresql = parcels.old.source().getJdbcUrl().startsWith("jdbc:postgresql");
            boolean mariaDb = parcels.old.source().getJdbcUrl().startsWith("jdbc:mariadb");
            if (postgresql || mariaDb) {
                parcels.old.execute((mariaDb ? "ANALYZE TABLE" : "ANALYZE") + " parcels");
            }
            Job job = parcels.ann.begin(1);

            assertThat(job.rowsTotal).isEqualTo(10);
            assertThat(job.startedMillis)
                    .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis() + 1_000);
        }
    }
}
