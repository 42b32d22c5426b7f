package org.dailypapers.digest;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.dailypapers.storage.Sql;

/**
 * Forgets digests that are old: with them go their pages and their lines in the ledger. Which papers a reader has seen
 * stands in the reader's own row.
 */
@ApplicationScoped
public class DigestRetention {

    /** So few are deleted in one transaction, so that readers' rows and mail go on meanwhile. */
    private static final int CHUNK = 1_000;

    private final Sql sql;
    private final Clock clock;
    private final Settings settings;

    DigestRetention(Sql sql, Clock clock, Settings settings) {
        this.sql = sql;
        this.clock = clock;
        this.settings = settings;
    }

    /** How long digests are kept. */
    @StaticInitSafe
    @ConfigMapping(prefix = "daily-papers.digests")
    public interface Settings {

        /** Days after its composing; no fewer than its message is kept for. */
        @Min(90)
        @Max(36_500)
        @WithDefault("365")
        int keptDays();
    }

    /** Whether a digest that was composed then is not to be forgotten yet. */
    public boolean keeps(Instant composed) {
        return !composed.isBefore(keptSince());
    }

    private Instant keptSince() {
        return clock.instant().minus(Duration.ofDays(settings.keptDays()));
    }

    /** Forgets what has been kept long enough; how many. */
    public long prune() {
        Instant before = keptSince();
        LocalDate ending = LocalDate.ofInstant(before, ZoneOffset.UTC);
        long all = 0;
        int some;
        do {
            some = sql.inTransaction(
                    "Old digests could not be forgotten",
                    connection -> Digests.forget(connection, before, ending, CHUNK));
            all += some;
        } while (some == CHUNK);
        return all;
    }
}
