package org.dailypapers.operator;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.storage.Sql;

/** Tells by password and code whether somebody is who they say. */
@ApplicationScoped
public class SignIn {

    /** How long a failed try counts. */
    static final Duration COUNTED = Duration.ofMinutes(15);

    /** What is later than this from now was written while a clock was ahead, and would count for as long. */
    static final Duration CLOCKS_APART = COUNTED;

    static final int TRIES_OF_A_CLIENT_AT_AN_ACCOUNT = 10;
    static final int TRIES_OF_A_CLIENT = 30;

    /** Many more, or whoever knows an address could shut its owner out from anywhere. */
    static final int TRIES_AT_AN_ACCOUNT = 100;

    private static final String FAILURE = "Signing in failed";

    private final Sql sql;
    private final Clock clock;

    SignIn(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** How it ended. */
    public sealed interface Outcome {}

    /**
     * They are.
     *
     * @param recoveryCodesLeft how many are left, where one stood in for the app
     */
    public record Welcome(Operator operator, OptionalLong recoveryCodesLeft) implements Outcome {}

    /** Something is wrong, and nobody is told what. */
    public record Wrong() implements Outcome {}

    /** Too many tries have failed. */
    public record Locked() implements Outcome {}

    /**
     * Tries it. An unknown address, a wrong password and a wrong code take the same time and are told the same.
     *
     * @param code from the app, or a recovery code
     * @param client what tells one client from another
     * @throws Busy where too many try at the same time
     */
    public Outcome attempt(String email, String password, String code, String client) {
        String account = "account " + Operators.key(email);
        var limits = List.of(
                new Limit(Secrets.hash(account), TRIES_AT_AN_ACCOUNT),
                new Limit(Secrets.hash(account + "\u0000client " + client), TRIES_OF_A_CLIENT_AT_AN_ACCOUNT),
                new Limit(Secrets.hash("client " + client), TRIES_OF_A_CLIENT));
        Instant since = clock.instant().minus(COUNTED);
        // Noted before it is counted, or many at once would each be the first.
        List<Long> noted = note(limits, since);
        if (limits.stream().anyMatch(limit -> noted(limit.subject(), since) > limit.tries())) {
            takeBack(noted);
            return new Locked();
        }
        Optional<Account> known = sql.joined(FAILURE, connection -> account(connection, email));
        boolean right;
        try {
            right = Passwords.matches(
                    password.length() > Passwords.LONGEST ? "" : password,
                    known.map(Account::password).orElse(null));
        } catch (Busy e) {
            takeBack(noted);
            throw e;
        }
        if (!right || known.isEmpty()) {
            return new Wrong();
        }
        return sql.inTransaction(FAILURE, connection -> {
            Optional<Welcome> welcome = second(connection, known.get(), code);
            if (welcome.isEmpty()) {
                return new Wrong();
            }
            try (var forget = connection.prepareStatement("delete from desk_try where subject = ?")) {
                for (Limit limit : limits) {
                    forget.setString(1, limit.subject());
                    forget.addBatch();
                }
                forget.executeBatch();
            }
            return welcome.get();
        });
    }

    /** So many tries may be noted for what has that hash. */
    private record Limit(String subject, int tries) {}

    /** The numbers of the rows. */
    private List<Long> note(List<Limit> limits, Instant since) {
        return sql.inTransaction(FAILURE, connection -> {
            try (var old = connection.prepareStatement("delete from desk_try where at < ? or at > ?")) {
                old.setObject(1, utc(since));
                old.setObject(2, utc(clock.instant().plus(CLOCKS_APART)));
                old.executeUpdate();
            }
            var ids = new ArrayList<Long>();
            try (var insert = connection.prepareStatement(
                    "insert into desk_try (subject, at) values (?, ?)", Statement.RETURN_GENERATED_KEYS)) {
                for (Limit limit : limits) {
                    insert.setString(1, limit.subject());
                    insert.setObject(2, utc(clock.instant()));
                    insert.executeUpdate();
                    try (ResultSet row = insert.getGeneratedKeys()) {
                        row.next();
                        ids.add(row.getLong(1));
                    }
                }
            }
            return ids;
        });
    }

    /** What was not looked at does not count: nobody prolongs their own rest. */
    private void takeBack(List<Long> ids) {
        sql.inTransaction(FAILURE, "delete from desk_try where id = ?", delete -> {
            for (long id : ids) {
                delete.setLong(1, id);
                delete.addBatch();
            }
            return delete.executeBatch();
        });
    }

    private record Account(Operator operator, String password, String secret, long step) {}

    private static Optional<Account> account(Connection connection, String email) throws SQLException {
        try (var select = connection.prepareStatement("""
                select id, email, role, password, totp_secret, totp_step
                from desk_operator
                where email_key = ? and password is not null and totp_secret is not null""")) {
            select.setString(1, Operators.key(email));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Account(
                                new Operator(row.getLong(1), row.getString(2), Role.valueOf(row.getString(3)), true),
                                row.getString(4),
                                row.getString(5),
                                row.getLong(6)))
                        : Optional.empty();
            }
        }
    }

    private Optional<Welcome> second(Connection connection, Account account, String code) throws SQLException {
        long id = account.operator().id();
        OptionalLong step = Totp.step(Totp.fromBase32(account.secret()), code, clock.instant(), account.step());
        if (step.isPresent()) {
            // Of two at once with one code, one comes in.
            try (var use = connection.prepareStatement(
                    "update desk_operator set totp_step = ? where id = ? and totp_step = ?")) {
                use.setLong(1, step.getAsLong());
                use.setLong(2, id);
                use.setLong(3, account.step());
                return use.executeUpdate() == 1
                        ? Optional.of(new Welcome(account.operator(), OptionalLong.empty()))
                        : Optional.empty();
            }
        }
        try (var use = connection.prepareStatement("delete from desk_recovery where operator_id = ? and code = ?")) {
            use.setLong(1, id);
            use.setString(2, Operators.recoveryHash(code));
            if (use.executeUpdate() == 0) {
                return Optional.empty();
            }
        }
        try (var left = connection.prepareStatement("select count(*) from desk_recovery where operator_id = ?")) {
            left.setLong(1, id);
            try (ResultSet row = left.executeQuery()) {
                row.next();
                return Optional.of(new Welcome(account.operator(), OptionalLong.of(row.getLong(1))));
            }
        }
    }

    private long noted(String subject, Instant since) {
        return sql.joined(FAILURE, "select count(*) from desk_try where subject = ? and at > ?", select -> {
            select.setString(1, subject);
            select.setObject(2, utc(since));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
