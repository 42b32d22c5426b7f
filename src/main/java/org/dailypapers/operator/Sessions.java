package org.dailypapers.operator;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/** Who is signed in. A session is known by a token that its browser alone has; the database has its hash. */
@ApplicationScoped
public class Sessions {

    /** How long a session lasts without a request. */
    static final Duration IDLE = Duration.ofHours(2);

    /** How long it lasts whatever is done. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final String FAILURE = "The sessions could not be read";

    private final Sql sql;
    private final Clock clock;

    Sessions(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Somebody who is signed in.
     *
     * @param csrf what their forms carry, which no other site can know
     */
    public record Session(Operator operator, String csrf) {}

    /**
     * Begins a session.
     *
     * @param before the token that the browser had, whose session ends
     * @return the new token: what somebody else has put into a browser is never signed in with
     */
    public String begin(Operator operator, @Nullable String before) {
        String token = Secrets.token();
        end(before);
        sql.inTransaction("A session could not be begun", connection -> {
            try (var old = connection.prepareStatement("delete from desk_session where seen_at < ? or began_at < ?")) {
                old.setObject(1, utc(clock.instant().minus(IDLE)));
                old.setObject(2, utc(clock.instant().minus(LONGEST)));
                old.executeUpdate();
            }
            try (var insert = connection.prepareStatement(
                    "insert into desk_session (id, operator_id, began_at, seen_at) values (?, ?, ?, ?)")) {
                insert.setString(1, Secrets.hash(token));
                insert.setLong(2, operator.id());
                insert.setObject(3, utc(clock.instant()));
                insert.setObject(4, utc(clock.instant()));
                return insert.executeUpdate();
            }
        });
        return token;
    }

    /** Whose session that is; empty where it has ended. */
    public Optional<Session> find(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String id = Secrets.hash(token);
        record Row(Operator operator, Instant seen) {}
        Optional<Row> found = sql.joined(FAILURE, """
                select o.id, o.email, o.role, s.seen_at
                from desk_session s
                join desk_operator o on o.id = s.operator_id
                where s.id = ? and s.seen_at between ? and ? and s.began_at between ? and ? and o.password is not null""", select -> {
            select.setString(1, id);
            select.setObject(2, utc(now.minus(IDLE)));
            select.setObject(3, utc(now.plus(SignIn.CLOCKS_APART)));
            select.setObject(4, utc(now.minus(LONGEST)));
            select.setObject(5, utc(now.plus(SignIn.CLOCKS_APART)));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Row(
                                new Operator(row.getLong(1), row.getString(2), Role.valueOf(row.getString(3)), true),
                                DatabaseTime.known(row, 4)))
                        : Optional.empty();
            }
        });
        found.filter(row -> row.seen().plus(NOTED_EVERY).isBefore(now))
                .ifPresent(row ->
                        sql.inTransaction(FAILURE, "update desk_session set seen_at = ? where id = ?", update -> {
                            update.setObject(1, utc(now));
                            update.setString(2, id);
                            return update.executeUpdate();
                        }));
        return found.map(row -> new Session(row.operator(), csrf(token)));
    }

    /** What the forms of that session carry; from the token alone, so that the database cannot tell it. */
    static String csrf(String token) {
        return Secrets.hash("form " + token);
    }

    /** Ends a session. */
    public void end(@Nullable String token) {
        if (token != null && !token.isEmpty()) {
            sql.inTransaction(FAILURE, "delete from desk_session where id = ?", delete -> {
                delete.setString(1, Secrets.hash(token));
                return delete.executeUpdate();
            });
        }
    }

    /** Ends all sessions of an operator. */
    public void endAll(Operator operator) {
        sql.inTransaction(FAILURE, "delete from desk_session where operator_id = ?", delete -> {
            delete.setLong(1, operator.id());
            return delete.executeUpdate();
        });
    }
}
