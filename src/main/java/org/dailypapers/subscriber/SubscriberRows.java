package org.dailypapers.subscriber;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.dailypapers.subscriber.preference.Frequency;

/** Subscribers read many at a time, apart from the persistence context: to be looked at, not to be changed. */
public final class SubscriberRows {

    private SubscriberRows() {}

    /** What composing needs of these subscribers, by id: address, consent, preferences and pause. */
    public static Map<Long, Subscriber> read(Connection connection, Collection<Long> ids) throws SQLException {
        var subscribers = new HashMap<Long, Subscriber>();
        try (var select = connection.prepareStatement(
                "select id, email, consent, frequency, weekday, send_hour, zone, size, fill, min_votes, pause_until, interests"
                        + " from subscriber where id = any(?)")) {
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
        return subscriber;
    }
}
