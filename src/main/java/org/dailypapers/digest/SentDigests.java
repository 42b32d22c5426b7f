package org.dailypapers.digest;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.delivery.SentLetters;
import org.dailypapers.reputation.Complained;
import org.dailypapers.reputation.MailboxUnreachable;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriptions;

/** The digests that were sent, as what comes back of them asks for them; a run is an edition. */
@ApplicationScoped
public class SentDigests implements SentLetters {

    private static final String RUN = "digest ";

    private static final Pattern ID = Pattern.compile("<digest\\.(\\d{1,18})\\.(\\d{1,18})@[^>]{1,255}>");

    private final Sql sql;
    private final EntityManager database;
    private final Subscriptions subscriptions;

    SentDigests(Sql sql, EntityManager database, Subscriptions subscriptions) {
        this.sql = sql;
        this.database = database;
        this.subscriptions = subscriptions;
    }

    @Override
    public String kind() {
        return Digest.MESSAGE_KIND;
    }

    @Override
    public Optional<Sent> sent(long reference) {
        return sql.joined("A digest could not be read", """
                select coalesce(
                         (select f.former from request f
                          where f.subscriber_id = s.id and f.former is not null
                            and f.applied_at > coalesce(m.last_try_at, d.composed_at)
                          order by f.applied_at
                          limit 1),
                         s.email),
                       d.to_date
                from digest d
                join subscriber s on s.id = d.subscriber_id
                left join message m on m.kind = 'digest' and m.reference = d.id
                where d.id = ?""", select -> {
            select.setLong(1, reference);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Sent(EmailAddress.wire(row.getString(1)), RUN + row.getObject(2, LocalDate.class)))
                        : Optional.empty();
            }
        });
    }

    /** The name of an edition's run. */
    public static String run(LocalDate edition) {
        return RUN + edition;
    }

    @Override
    public long letters(String run, long most) {
        return sql.joined(
                "Digests could not be counted",
                "select count(*) from (select id from digest where to_date = ? limit ?) counted",
                select -> {
                    select.setObject(1, LocalDate.parse(run.substring(RUN.length())));
                    select.setLong(2, most);
                    try (ResultSet row = select.executeQuery()) {
                        row.next();
                        return row.getLong(1);
                    }
                });
    }

    @Override
    public OptionalLong reference(String messageId) {
        Matcher id = ID.matcher(messageId);
        if (!id.matches()) {
            return OptionalLong.empty();
        }
        long digest = Long.parseLong(id.group(1));
        long composed = Long.parseLong(id.group(2));
        return sql.joined("A digest could not be read", "select composed_at from digest where id = ?", select -> {
            select.setLong(1, digest);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && known(row, 1).toEpochMilli() == composed
                        ? OptionalLong.of(digest)
                        : OptionalLong.empty();
            }
        });
    }

    @Override
    public OptionalLong last(String address, Instant until) {
        String key = EmailAddress.parse(address).map(EmailAddress::key).orElse(address);
        return sql.joined("The last digest to an address could not be read", """
                select d.id
                from subscriber s
                join digest d on d.subscriber_id = s.id
                join message m on m.kind = ? and m.reference = d.id
                where s.email_key = ?
                  and not exists (select 1 from request f
                                  where f.subscriber_id = s.id and f.former is not null and f.applied_at > m.last_try_at)
                  and (m.state = 'ACCEPTED' or m.unknowns > 0)
                  and m.last_try_at <= ?
                order by m.last_try_at desc
                limit 1""", select -> {
            select.setString(1, Digest.MESSAGE_KIND);
            select.setString(2, key);
            select.setObject(3, utc(until));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    /** A mailbox that could not take their letters, where they still have it. */
    void unreachable(@Observes MailboxUnreachable event) {
        Digest digest =
                event.kind().equals(Digest.MESSAGE_KIND) ? database.find(Digest.class, event.reference()) : null;
        if (digest == null) {
            return;
        }
        Optional<String> now = subscriptions.find(digest.subscriberId).map(s -> EmailAddress.wire(s.email));
        if (now.isPresent() && now.equals(sent(digest.id).map(Sent::address))) {
            subscriptions.restUnreachable(digest.subscriberId);
        }
    }

    /** Who complains of a digest has left. */
    void complained(@Observes Complained event) {
        Digest digest =
                event.kind().equals(Digest.MESSAGE_KIND) ? database.find(Digest.class, event.reference()) : null;
        if (digest != null) {
            subscriptions.withdraw(digest.subscriberId, "complaint that came back");
        }
    }
}
