package org.dailypapers.source;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dailypapers.paper.Titles;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.jboss.logging.Logger;

/** The records that were rejected of late, for whoever asks why a paper is missing: each with its reason and its beginning. */
@ApplicationScoped
public class RejectedRecords implements Rejections {

    private static final Logger LOG = Logger.getLogger(RejectedRecords.class);

    /** How long a record is kept. */
    static final Duration KEPT = Duration.ofDays(30);

    /** How many are kept. */
    static final int MOST = 10_000;

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_EXCERPT = 1_000;

    /** How many notes lie between two prunings. */
    private static final int PRUNED_AFTER = 1_000;

    private final Sql sql;
    private final Clock clock;
    private final AtomicInteger noted = new AtomicInteger();

    RejectedRecords(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** One of them. */
    public record Rejected(Instant at, String source, String reason, String excerpt) {}

    /** Names it in the log and keeps it; the same one, listed again, is kept once, with the time of the last. */
    @Override
    public void note(String source, String reason, String excerpt) {
        String why = Titles.cut(Titles.oneLine(reason), LONGEST_REASON);
        String beginning = Titles.cut(Titles.oneLine(excerpt), LONGEST_EXCERPT);
        LOG.infof("%s: a record is skipped: %s", source, why);
        try {
            // Apart from what is being stored: that may be rolled back.
            QuarkusTransaction.requiringNew().run(() -> keep(source, why, beginning));
            if (noted.incrementAndGet() % PRUNED_AFTER == 0) {
                prune();
            }
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.debug("A rejected record is not kept", e);
        }
    }

    private void keep(String source, String reason, String excerpt) {
        int again = sql.joined(
                "A rejected record could not be kept",
                "update rejected_record set at = ? where source = ? and reason = ? and excerpt = ?",
                statement -> {
                    statement.setObject(1, DatabaseTime.utc(clock.instant()));
                    statement.setString(2, source);
                    statement.setString(3, reason);
                    statement.setString(4, excerpt);
                    return statement.executeUpdate();
                });
        if (again == 0) {
            sql.joined(
                    "A rejected record could not be kept",
                    "insert into rejected_record (at, source, reason, excerpt) values (?, ?, ?, ?)",
                    statement -> {
                        statement.setObject(1, DatabaseTime.utc(clock.instant()));
                        statement.setString(2, source);
                        statement.setString(3, reason);
                        statement.setString(4, excerpt);
                        return statement.executeUpdate();
                    });
        }
    }

    /** The newest ones first. */
    public List<Rejected> newest(int most) {
        return sql.joined(
                "The rejected records could not be read",
                "select at, source, reason, excerpt from rejected_record order by at desc, id desc limit ?",
                statement -> {
                    statement.setInt(1, most);
                    var found = new ArrayList<Rejected>();
                    try (ResultSet rows = statement.executeQuery()) {
                        while (rows.next()) {
                            found.add(new Rejected(
                                    DatabaseTime.instant(rows, 1),
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4)));
                        }
                    }
                    return found;
                });
    }

    /** Forgets old ones, and of too many the oldest. */
    public void prune() {
        sql.joined("Rejected records could not be forgotten", """
                delete from rejected_record
                where at < ? or id not in (select id from rejected_record order by at desc, id desc limit ?)""", statement -> {
            statement.setObject(1, DatabaseTime.utc(clock.instant().minus(KEPT)));
            statement.setInt(2, MOST);
            return statement.executeUpdate();
        });
    }
}
