package org.dailypapers.digest;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Min;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.dailypapers.database.DatabaseFailure;

/**
 * Forgets digests that are old: with them go their pages and their lines in the ledger. Which papers a reader has seen
 * stands in the reader's own row.
 */
@ApplicationScoped
public class DigestRetention {

    /** Of a transaction: readers' rows and mail go on meanwhile. */
    private static final int CHUNK = 1_000;

    private final DataSource tables;
    private final Clock clock;
    private final Kept kept;

    DigestRetention(DataSource tables, Clock clock, Kept kept) {
        this.tables = tables;
        this.clock = clock;
        this.kept = kept;
    }

    /** How long digests are kept. */
    @ConfigMapping(prefix = "daily-papers.digests")
    public interface Kept {

        /** Days after its composing; no fewer than its message is kept for. */
        @Min(90)
        @WithDefault("365")
        int keptDays();
    }

    /** Whether a digest that was composed then is not to be forgotten yet. */
    public boolean keeps(Instant composed) {
        return !composed.isBefore(keptSince());
    }

    private Instant keptSince() {
        return clock.instant().minus(Duration.ofDays(kept.keptDays()));
    }

    /** Forgets what has been kept long enough; how many. */
    public long prune() {
        Instant before = keptSince();
        LocalDate ending = LocalDate.ofInstant(before, ZoneOffset.UTC);
        long all = 0;
        int some;
        do {
            some = QuarkusTransaction.requiringNew().call(() -> forget(before, ending));
            all += some;
        } while (some == CHUNK);
        return all;
    }

    private int forget(Instant before, LocalDate ending) {
        try (Connection connection = tables.getConnection()) {
            return Digests.forget(connection, before, ending, CHUNK);
        } catch (SQLException e) {
            throw new DatabaseFailure("Old digests could not be forgotten", e);
        }
    }
}
