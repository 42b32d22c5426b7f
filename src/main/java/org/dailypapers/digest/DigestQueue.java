package org.dailypapers.digest;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dailypapers.digest.rules.DigestRules;
import org.dailypapers.digest.rules.ReaderStanding;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;

/** Writes digests together with their messages. */
@ApplicationScoped
class DigestQueue {

    private final Outbox outbox;
    private final MeterRegistry metrics;

    DigestQueue(Outbox outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
    }

    /**
     * A digest that was just composed.
     *
     * @param reader whose it is; their row is told of it, unless an earlier one still waits
     * @param standing as the reader stands after their turn
     */
    record Composed(Digest digest, Reader reader, ReaderStanding standing) {}

    /** Writes digests and messages in the transaction at hand. */
    void add(Connection connection, Priority priority, List<Composed> all) throws SQLException {
        Digests.write(connection, all.stream().map(Composed::digest).toList());
        var messages = new ArrayList<Outbox.Queued>();
        for (Composed each : all) {
            Digest digest = each.digest();
            if (each.standing().waiting() == null) {
                each.reader().lastDigest = digest.id;
            }
            messages.add(
                    new Outbox.Queued(digest.id, DigestRules.expiry(each.standing(), digest.kind, digest.composedAt)));
        }
        outbox.queue(priority, Digest.MESSAGE_KIND, messages);
        all.stream()
                .collect(Collectors.groupingBy(each -> each.digest().kind, Collectors.counting()))
                .forEach((kind, count) -> metrics.counter(
                                "dailypapers.digests.composed",
                                "kind",
                                kind.name().toLowerCase(Locale.ROOT))
                        .increment(count));
    }
}
