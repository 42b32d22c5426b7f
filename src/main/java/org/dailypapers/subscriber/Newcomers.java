package org.dailypapers.subscriber;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sequence;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.preference.Preferences;
import org.jspecify.annotations.Nullable;

/** Brings in many at once whose consent was given elsewhere and of whom nothing is known here. */
@ApplicationScoped
public class Newcomers {

    private final Sql sql;
    private final SuppressionList suppressions;
    private final Clock clock;
    private final Event<NewReaders> came;

    Newcomers(Sql sql, SuppressionList suppressions, Clock clock, Event<NewReaders> came) {
        this.sql = sql;
        this.suppressions = suppressions;
        this.clock = clock;
        this.came = came;
    }

    /**
     * Somebody who said yes elsewhere.
     *
     * @param since when, not in days to come
     */
    public record Newcomer(
            EmailAddress address,
            Preferences preferences,
            Instant since,
            @Nullable LocalDate pauseUntil) {}

    /**
     * Many became readers at once, without letters of welcome; fired in the transaction that records them, with the rows
     * that they have.
     */
    public record NewReaders(List<Subscriber> subscribers) {}

    /**
     * Confirms them in the transaction at hand, but for those whose mailbox somebody left; the keys of whom it did. It
     * fails where one of the addresses is known.
     */
    public Set<String> bringIn(List<Newcomer> newcomers) {
        if (newcomers.isEmpty()) {
            return Set.of();
        }
        return sql.joined("Subscribers could not be brought in", connection -> {
            Set<String> left = left(connection, newcomers);
            List<Subscriber> rows = newcomers.stream()
                    .filter(n -> !left.contains(n.address().mailbox()))
                    .map(Newcomers::row)
                    .toList();
            if (!rows.isEmpty()) {
                number(connection, rows);
                insert(connection, rows);
                consent(connection, rows);
                came.fire(new NewReaders(rows));
            }
            return rows.stream().map(s -> s.emailKey).collect(Collectors.toSet());
        });
    }

    private static Subscriber row(Newcomer newcomer) {
        var subscriber = new Subscriber();
        subscriber.email = newcomer.address().typed();
        subscriber.emailKey = newcomer.address().key();
        subscriber.mailboxKey = newcomer.address().mailbox();
        subscriber.consent = Consent.CONFIRMED;
        subscriber.prefer(newcomer.preferences());
        subscriber.pauseUntil = newcomer.pauseUntil();
        subscriber.createdAt = newcomer.since();
        subscriber.confirmedAt = newcomer.since();
        return subscriber;
    }

    /** Those of the mailboxes that somebody left, whether their row is there or only a hash of it. */
    private Set<String> left(Connection connection, List<Newcomer> newcomers) throws SQLException {
        List<String> mailboxes =
                newcomers.stream().map(n -> n.address().mailbox()).distinct().toList();
        Map<String, String> byHash =
                mailboxes.stream().collect(Collectors.toMap(suppressions::hash, Function.identity()));
        var left = new HashSet<String>();
        try (var select = connection.prepareStatement(
                "select mailbox_key from subscriber where mailbox_key = any(?) and consent = 'WITHDRAWN'")) {
            select.setArray(1, DatabaseArray.sought(connection, "varchar", mailboxes));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    left.add(row.getString(1));
                }
            }
        }
        try (var select = connection.prepareStatement("select mailbox_hash from leaving where mailbox_hash = any(?)")) {
            select.setArray(1, DatabaseArray.sought(connection, "varchar", new ArrayList<>(byHash.keySet())));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    left.add(byHash.getOrDefault(row.getString(1), ""));
                }
            }
        }
        return left;
    }

    private static void number(Connection connection, List<Subscriber> rows) throws SQLException {
        Long[] ids = Sequence.ids(connection, "select nextval('subscriber_seq')", rows.size());
        for (int i = 0; i < ids.length; i++) {
            rows.get(i).id = ids[i];
        }
    }

    private static void insert(Connection connection, List<Subscriber> rows) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into subscriber (id, email, email_key, mailbox_key, consent, frequency, weekday, send_hour,
                    zone, zone_chosen, size, fill, min_votes, pause_until, interests, language, created_at,
                    confirmed_at)
                select n.id, n.email, n.email_key, n.mailbox_key, 'CONFIRMED', n.frequency, n.weekday, n.send_hour,
                    n.zone, n.zone_chosen, n.size, n.fill, n.min_votes, n.pause_until, n.interests, n.language,
                    n.since, n.since
                from unnest(cast(? as bigint array), cast(? as varchar array), cast(? as varchar array),
                            cast(? as varchar array), cast(? as varchar array), cast(? as integer array),
                            cast(? as integer array), cast(? as varchar array), cast(? as boolean array),
                            cast(? as integer array), cast(? as boolean array), cast(? as integer array),
                            cast(? as date array), cast(? as varchar array), cast(? as varchar array),
                            cast(? as timestamp(6) with time zone array))
                     as n(id, email, email_key, mailbox_key, frequency, weekday, send_hour, zone, zone_chosen, size,
                          fill, min_votes, pause_until, interests, language, since)""")) {
            insert.setArray(1, DatabaseArray.of(connection, "bigint", rows, s -> s.id));
            insert.setArray(2, DatabaseArray.of(connection, "varchar", rows, s -> s.email));
            insert.setArray(3, DatabaseArray.of(connection, "varchar", rows, s -> s.emailKey));
            insert.setArray(4, DatabaseArray.of(connection, "varchar", rows, s -> s.mailboxKey));
            insert.setArray(5, DatabaseArray.of(connection, "varchar", rows, s -> s.frequency.name()));
            insert.setArray(6, DatabaseArray.of(connection, "integer", rows, s -> s.weekday));
            insert.setArray(7, DatabaseArray.of(connection, "integer", rows, s -> s.hour));
            insert.setArray(8, DatabaseArray.of(connection, "varchar", rows, s -> s.zone));
            insert.setArray(9, DatabaseArray.of(connection, "boolean", rows, s -> s.zoneChosen));
            insert.setArray(10, DatabaseArray.of(connection, "integer", rows, s -> s.size));
            insert.setArray(11, DatabaseArray.of(connection, "boolean", rows, s -> s.fill));
            insert.setArray(12, DatabaseArray.of(connection, "integer", rows, s -> s.minVotes));
            insert.setArray(13, DatabaseArray.of(connection, "date", rows, s -> s.pauseUntil));
            insert.setArray(14, DatabaseArray.of(connection, "varchar", rows, s -> s.interests));
            insert.setArray(15, DatabaseArray.of(connection, "varchar", rows, s -> s.language));
            insert.setArray(16, DatabaseArray.of(connection, "timestamptz", rows, s -> utc(s.createdAt)));
            insert.executeUpdate();
        }
    }

    private void consent(Connection connection, List<Subscriber> rows) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into consent (id, subscriber_id, consent, at, wording)
                select n.id, n.subscriber_id, 'CONFIRMED', n.at, ?
                from unnest(cast(? as bigint array), cast(? as bigint array),
                            cast(? as timestamp(6) with time zone array)) as n(id, subscriber_id, at)""")) {
            insert.setString(1, SubscriberImport.wording(clock.instant()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", Sequence.ids(connection, "select nextval('consent_seq')", rows.size())));
            insert.setArray(3, DatabaseArray.of(connection, "bigint", rows, s -> s.id));
            insert.setArray(4, DatabaseArray.of(connection, "timestamptz", rows, s -> utc(s.createdAt)));
            insert.executeUpdate();
        }
    }
}
