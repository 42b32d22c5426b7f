package org.dailypapers.subscriber;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.delivery.SentLetters;
import org.dailypapers.reputation.Complained;
import org.dailypapers.storage.Sql;

/** The service letters that were sent, as what comes back of them asks for them; a run is a day, in UTC. */
@ApplicationScoped
class SentServiceLetters implements SentLetters {

    private static final String RUN = ServiceLetters.KIND + " ";

    private static final Pattern ID = Pattern.compile("<request\\.(\\d{1,18})\\.(\\d{1,18})@[^>]{1,255}>");

    private final Sql sql;
    private final EntityManager database;
    private final Subscriptions subscriptions;
    private final Clock clock;

    SentServiceLetters(Sql sql, EntityManager database, Subscriptions subscriptions, Clock clock) {
        this.sql = sql;
        this.database = database;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return ServiceLetters.KIND;
    }

    @Override
    public Optional<Sent> sent(long reference) {
        return sql.joined("A request could not be read", """
                select coalesce(
                         r.address,
                         (select f.former from request f
                          where f.subscriber_id = s.id and f.former is not null
                            and f.applied_at > coalesce(m.last_try_at, r.asked_at)
                          order by f.applied_at
                          limit 1),
                         s.email),
                       r.asked_at
                from request r
                join subscriber s on s.id = r.subscriber_id
                left join message m on m.kind = 'service' and m.reference = r.id
                where r.id = ?""", select -> {
            select.setLong(1, reference);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Sent(
                                EmailAddress.wire(row.getString(1)),
                                RUN + LocalDate.ofInstant(known(row, 2), ZoneOffset.UTC)))
                        : Optional.empty();
            }
        });
    }

    @Override
    public long letters(String run, long most) {
        LocalDate day = LocalDate.parse(run.substring(RUN.length()));
        return sql.joined(
                "Requests could not be counted",
                "select count(*) from (select id from request where asked_at >= ? and asked_at < ? limit ?) counted",
                select -> {
                    select.setObject(1, utc(day.atStartOfDay().toInstant(ZoneOffset.UTC)));
                    select.setObject(2, utc(day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)));
                    select.setLong(3, most);
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
        long request = Long.parseLong(id.group(1));
        long composed = Long.parseLong(id.group(2));
        return sql.joined(
                "A message could not be read",
                "select composed_at from message where kind = ? and reference = ? and composed_at is not null",
                select -> {
                    select.setString(1, ServiceLetters.KIND);
                    select.setLong(2, request);
                    try (ResultSet row = select.executeQuery()) {
                        return row.next() && known(row, 1).toEpochMilli() == composed
                                ? OptionalLong.of(request)
                                : OptionalLong.empty();
                    }
                });
    }

    @Override
    public OptionalLong last(String address, Instant until) {
        String key = EmailAddress.parse(address).map(EmailAddress::key).orElse(address);
        return sql.joined("The last service letter to an address could not be read", """
                select r.id
                from subscriber s
                join request r on r.subscriber_id = s.id
                join message m on m.kind = ? and m.reference = r.id
                where s.email_key = ?
                  and r.address is null
                  and not exists (select 1 from request f
                                  where f.subscriber_id = s.id and f.former is not null and f.applied_at > m.last_try_at)
                  and (m.state = 'ACCEPTED' or m.unknowns > 0)
                  and m.last_try_at <= ?
                order by m.last_try_at desc
                limit 1""", select -> {
            select.setString(1, ServiceLetters.KIND);
            select.setString(2, key);
            select.setObject(3, utc(until));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        });
    }

    /** Who complains of a letter that was asked for on a page gets none of the others either. */
    void complained(@Observes Complained event) {
        LinkRequest request =
                event.kind().equals(ServiceLetters.KIND) ? database.find(LinkRequest.class, event.reference()) : null;
        if (request != null && request.kind == LinkRequest.Kind.MOVE && request.appliedAt == null) {
            // Whoever has that address is not the reader.
            request.stoppedAt = clock.instant();
        } else if (request != null) {
            subscriptions.withdraw(request.subscriberId, "complaint that came back");
        }
    }
}
