package org.dailypapers.subscriber;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;

/** Rows of subscribers apart from the persistence context: read many at a time to be looked at, and made once. */
public final class SubscriberRows {

    private SubscriberRows() {}

    /** What composing needs of these subscribers, by id: address, consent, preferences and pause. */
    public static Map<Long, Subscriber> read(Connection connection, Collection<Long> ids) throws SQLException {
        var subscribers = new HashMap<Long, Subscriber>();
        try (var select = connection.prepareStatement("""
                select id, email, consent, frequency, weekday, send_hour, zone, size, fill, min_votes, pause_until, interests,
                       language, learned
                from subscriber
                where id = any(?)
                """)) {
            select.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Subscriber subscriber = subscriber(row);
                    subscribers.put(subscriber.id, subscriber);
                }
            }
        }
        return subscribers;
    }

    private static Subscriber subscriber(ResultSet row) throws SQLException {
        var subscriber = new Subscriber();
        subscriber.id = row.getLong(1);
        subscriber.email = row.getString(2);
        subscriber.consent = Consent.valueOf(row.getString(3));
        subscriber.frequency = Frequency.valueOf(row.getString(4));
        subscriber.weekday = row.getInt(5);
        subscriber.hour = row.getInt(6);
        subscriber.zone = row.getString(7);
        subscriber.size = row.getInt(8);
        subscriber.fill = row.getBoolean(9);
        subscriber.minVotes = row.getInt(10);
        subscriber.pauseUntil = row.getObject(11, LocalDate.class);
        subscriber.interests = row.getString(12);
        subscriber.language = row.getString(13);
        subscriber.learned = row.getString(14);
        return subscriber;
    }

    /** Makes a pending one where there is none; of two first requests at once the second finds the first one's row: a refused insert would log the address. */
    static void insert(EntityManager database, EmailAddress address, Preferences p, Instant since) {
        database.createNativeQuery("""
                        insert into subscriber (id, email, email_key, mailbox_key, consent, frequency, weekday, send_hour,
                            zone, zone_chosen, size, fill, min_votes, interests, language, created_at)
                        values (nextval('subscriber_seq'), :email, :key, :mailbox, :consent, :frequency, :weekday, :hour,
                            :zone, :chosen, :size, :fill, :votes, :interests, :language, :since)
                        on conflict do nothing
                        """)
                .setParameter("email", address.typed())
                .setParameter("key", address.key())
                .setParameter("mailbox", address.mailbox())
                .setParameter("consent", Consent.PENDING.name())
                .setParameter("frequency", p.frequency().name())
                .setParameter("weekday", p.weekday().getValue())
                .setParameter("hour", p.hour())
                .setParameter("zone", p.zone().getId())
                .setParameter("chosen", p.zoneChosen())
                .setParameter("size", p.size())
                .setParameter("fill", p.fill())
                .setParameter("votes", p.minVotes())
                .setParameter("interests", String.join("\n", p.interests()))
                .setParameter("language", p.language())
                .setParameter("since", since)
                .executeUpdate();
    }
}
