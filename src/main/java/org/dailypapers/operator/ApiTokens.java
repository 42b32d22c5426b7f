package org.dailypapers.operator;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.storage.DatabaseTime;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/** Tokens with which an operator's scripts ask {@code /api/v1/desk}: each with its own rights, and an end. */
@ApplicationScoped
public class ApiTokens {

    /** How long one is good. */
    public static final Duration LIFE = Duration.ofDays(90);

    private static final String FAILURE = "The tokens could not be read";
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private final Sql sql;
    private final Clock clock;

    ApiTokens(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** One, without what it is. */
    public record ApiToken(
            long id,
            String name,
            Set<Right> rights,
            Instant endsAt,
            @Nullable Instant usedAt) {}

    /** Whose script asks, and what it may: never more than its operator may now. */
    public record Bearer(Operator operator, Set<Right> rights) {}

    /** Makes one; it is shown once. */
    public String make(Operator operator, String name, Set<Right> rights) {
        String token = "dp_" + Secrets.token();
        sql.inTransaction("A token could not be made", """
                insert into desk_token (operator_id, name, token, rights, made_at, ends_at)
                values (?, ?, ?, ?, ?, ?)""", insert -> {
            insert.setLong(1, operator.id());
            insert.setString(2, name);
            insert.setString(3, Secrets.hash(token));
            insert.setString(4, rights.stream().map(Right::name).sorted().collect(Collectors.joining(",")));
            insert.setObject(5, utc(clock.instant()));
            insert.setObject(6, utc(clock.instant().plus(LIFE)));
            return insert.executeUpdate();
        });
        return token;
    }

    /** An operator's, newest first. */
    public List<ApiToken> of(Operator operator) {
        return sql.joined(FAILURE, """
                select id, name, rights, ends_at, used_at
                from desk_token
                where operator_id = ?
                order by id desc""", select -> {
            select.setLong(1, operator.id());
            try (ResultSet row = select.executeQuery()) {
                var tokens = new ArrayList<ApiToken>();
                while (row.next()) {
                    tokens.add(new ApiToken(
                            row.getLong(1),
                            row.getString(2),
                            rights(row.getString(3)),
                            DatabaseTime.known(row, 4),
                            DatabaseTime.instant(row, 5)));
                }
                return tokens;
            }
        });
    }

    /** Ends one of an operator's own; whether there was one. */
    public boolean end(Operator operator, long id) {
        return sql.inTransaction(FAILURE, "delete from desk_token where id = ? and operator_id = ?", delete -> {
            delete.setLong(1, id);
            delete.setLong(2, operator.id());
            return delete.executeUpdate() > 0;
        });
    }

    /** Who stands behind the token. */
    public Optional<Bearer> find(String token) {
        Instant now = clock.instant();
        String hash = Secrets.hash(token);
        Optional<Bearer> bearer = sql.joined(FAILURE, """
                select o.id, o.email, o.role, t.rights
                from desk_token t
                join desk_operator o on o.id = t.operator_id
                where t.token = ? and t.ends_at > ? and o.password is not null""", select -> {
            select.setString(1, hash);
            select.setObject(2, utc(now));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var operator = new Operator(row.getLong(1), row.getString(2), Role.valueOf(row.getString(3)), true);
                return Optional.of(new Bearer(
                        operator,
                        rights(row.getString(4)).stream().filter(operator::may).collect(Collectors.toSet())));
            }
        });
        if (bearer.isPresent()) {
            sql.inTransaction(
                    FAILURE,
                    "update desk_token set used_at = ? where token = ? and (used_at is null or used_at < ?)",
                    update -> {
                        update.setObject(1, utc(now));
                        update.setString(2, hash);
                        update.setObject(3, utc(now.minus(NOTED_EVERY)));
                        return update.executeUpdate();
                    });
        }
        return bearer;
    }

    private static Set<Right> rights(String names) {
        return Arrays.stream(names.split(","))
                .filter(name -> !name.isEmpty())
                .map(Right::valueOf)
                .collect(Collectors.toSet());
    }
}
