package org.dailypapers.operator;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.TypedAddress;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/** The accounts of those who run the service. What changes one and the note of it in the trail are kept together, or neither. */
@ApplicationScoped
public class Operators {

    /** How long a one-time link is good. */
    public static final Duration INVITATION = Duration.ofDays(2);

    private static final String FAILURE = "The operators could not be read";
    private static final String COLUMNS = "id, email, role, password is not null";
    private static final int RECOVERY_CODES = 8;
    private static final int RECOVERY_BYTES = 10;

    private final Sql sql;
    private final AuditTrail audit;
    private final Clock clock;

    Operators(Sql sql, AuditTrail audit, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What somebody who follows a one-time link is shown.
     *
     * @param secret what their app takes, in base32
     * @param address the same as an address that apps open
     */
    public record Invitation(Operator operator, String secret, String address) {}

    /** How choosing a password went. */
    public sealed interface Enrolment {}

    /** Well; the codes stand in for the app, once each. */
    public record Enrolled(Operator operator, List<String> recoveryCodes) implements Enrolment {}

    /** Not: a sentence that says why. */
    public record Refused(String reason) implements Enrolment {}

    /**
     * Makes an account, or gives one that is there that role and a new start: its sessions and tokens end, and its
     * password holds no longer.
     *
     * @param actor who does so, as the trail has it
     * @return the one-time link's token
     * @throws IllegalArgumentException for what is no address, or the last owner who would be none any more
     */
    public String invite(String email, Role role, String actor) {
        String typed = TypedAddress.cleaned(email);
        new Mailbox(null, typed);
        String token = Secrets.token();
        return sql.inTransaction("An operator could not be added", connection -> {
            Optional<Operator> known = find(connection, typed);
            if (known.isPresent()) {
                keepAnOwner(connection, known.get(), role);
                end(connection, known.get().id());
            }
            try (var write = connection.prepareStatement(known.isPresent() ? """
                    update desk_operator set role = ?, invited = ?, invited_till = ?, totp_secret = ?, password = null
                    where email_key = ?""" : """
                    insert into desk_operator (role, invited, invited_till, totp_secret, email_key, email, made_at)
                    values (?, ?, ?, ?, ?, ?, ?)""")) {
                write.setString(1, role.name());
                write.setString(2, Secrets.hash(token));
                write.setObject(3, utc(clock.instant().plus(INVITATION)));
                // Of its own: the link may stand in a log, and whoever made it knows it.
                write.setString(4, Totp.base32(Secrets.random(Totp.SECRET_BYTES)));
                write.setString(5, key(typed));
                if (known.isEmpty()) {
                    write.setString(6, typed);
                    write.setObject(7, utc(clock.instant()));
                }
                write.executeUpdate();
            }
            audit.note(actor, "invite", "operator " + typed, role.word());
            return token;
        });
    }

    /** Who may choose a password by that link; empty where it is used, expired or none of ours. */
    public Optional<Invitation> invitation(String token, String issuer) {
        return sql.joined(FAILURE, connection -> invited(connection, token, issuer));
    }

    private Optional<Invitation> invited(Connection connection, String token, String issuer) throws SQLException {
        try (var select = connection.prepareStatement("select " + COLUMNS
                + ", totp_secret from desk_operator where invited = ? and invited_till > ?"
                + " and totp_secret is not null")) {
            select.setString(1, Secrets.hash(token));
            select.setObject(2, utc(clock.instant()));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Operator operator = operator(row);
                String secret = row.getString("totp_secret");
                return Optional.of(new Invitation(
                        operator, secret, Totp.address(issuer, operator.email(), Totp.fromBase32(secret))));
            }
        }
    }

    /**
     * Takes the password that the bearer of a link chose, once a code shows that their app has the secret.
     *
     * @throws Busy where too many choose or try one at the same time
     */
    public Enrolment enrol(String token, String password, String code) {
        Optional<Invitation> seen = invitation(token, "");
        if (seen.isEmpty()) {
            return new Refused("This link has been used, or is too old.");
        }
        Operator operator = seen.get().operator();
        Optional<String> fault = Passwords.fault(password, operator.email());
        if (fault.isPresent()) {
            return new Refused(fault.get());
        }
        OptionalLong step = Totp.step(Totp.fromBase32(seen.get().secret()), code, clock.instant(), 0);
        if (step.isEmpty()) {
            return new Refused("The code is not the one that the app shows now. Is the clock of the phone right?");
        }
        String hash = Passwords.hash(password);
        List<String> codes = recoveryCodes();
        boolean taken = sql.inTransaction("The password could not be kept", connection -> {
            try (var update = connection.prepareStatement("""
                    update desk_operator set password = ?, totp_step = ?, invited = null, invited_till = null
                    where invited = ?""")) {
                update.setString(1, hash);
                update.setLong(2, step.getAsLong());
                update.setString(3, Secrets.hash(token));
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            end(connection, operator.id());
            try (var insert =
                    connection.prepareStatement("insert into desk_recovery (operator_id, code) values (?, ?)")) {
                for (String each : codes) {
                    insert.setLong(1, operator.id());
                    insert.setString(2, recoveryHash(each));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            audit.note(
                    operator.email(),
                    "enrol",
                    "operator " + operator.email(),
                    operator.role().word());
            return true;
        });
        return taken ? new Enrolled(operator, codes) : new Refused("This link has been used.");
    }

    private static List<String> recoveryCodes() {
        var codes = new ArrayList<String>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = Totp.base32(Secrets.random(RECOVERY_BYTES)).toLowerCase(Locale.ROOT);
            codes.add(String.join(
                    "-", code.substring(0, 4), code.substring(4, 8), code.substring(8, 12), code.substring(12)));
        }
        return List.copyOf(codes);
    }

    static String recoveryHash(String code) {
        return Secrets.hash(code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT));
    }

    /** All, in the order of their addresses. */
    public List<Operator> all() {
        return sql.joined(FAILURE, "select " + COLUMNS + " from desk_operator order by email_key", this::list);
    }

    /** Ends all one-time links, as in a restored database, where those are open that were used since. */
    public void endInvitations() {
        sql.inTransaction(
                "The one-time links could not be ended",
                "update desk_operator set invited = null, invited_till = null where invited is not null",
                PreparedStatement::executeUpdate);
    }

    /** Whether somebody can sign in. */
    public boolean any() {
        return sql.joined(FAILURE, "select 1 from desk_operator where password is not null limit 1", select -> {
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        });
    }

    /** The operator of that number. */
    public Optional<Operator> find(long id) {
        return sql.joined(FAILURE, "select " + COLUMNS + " from desk_operator where id = ?", select -> {
            select.setLong(1, id);
            return first(select);
        });
    }

    /** The operator with that address. */
    public Optional<Operator> find(String email) {
        return sql.joined(FAILURE, connection -> find(connection, email));
    }

    private Optional<Operator> find(Connection connection, String email) throws SQLException {
        try (var select =
                connection.prepareStatement("select " + COLUMNS + " from desk_operator where email_key = ?")) {
            select.setString(1, key(email));
            return first(select);
        }
    }

    /**
     * Gives another role.
     *
     * @param actor who does so, as the trail has it
     * @throws IllegalArgumentException for the last owner
     */
    public void change(Operator operator, Role role, String actor) {
        sql.inTransaction("A role could not be changed", connection -> {
            keepAnOwner(connection, operator, role);
            try (var update = connection.prepareStatement("update desk_operator set role = ? where id = ?")) {
                update.setString(1, role.name());
                update.setLong(2, operator.id());
                update.executeUpdate();
            }
            try (var tokens = connection.prepareStatement("delete from desk_token where operator_id = ?")) {
                tokens.setLong(1, operator.id());
                tokens.executeUpdate();
            }
            audit.note(
                    actor,
                    "role",
                    "operator " + operator.email(),
                    operator.role().word() + " to " + role.word());
            return role;
        });
    }

    /**
     * Takes the account away, with its sessions and tokens.
     *
     * @param actor who does so, as the trail has it
     * @throws IllegalArgumentException for the last owner
     */
    public void remove(Operator operator, String actor) {
        sql.inTransaction("An operator could not be removed", connection -> {
            keepAnOwner(connection, operator, null);
            try (var delete = connection.prepareStatement("delete from desk_operator where id = ?")) {
                delete.setLong(1, operator.id());
                delete.executeUpdate();
            }
            audit.note(
                    actor,
                    "remove",
                    "operator " + operator.email(),
                    operator.role().word());
            return operator;
        });
    }

    private static void keepAnOwner(Connection connection, Operator operator, @Nullable Role next) throws SQLException {
        if (operator.role() != Role.OWNER || next == Role.OWNER) {
            return;
        }
        // Locked, or two owners could take the role from one another.
        try (var owners = connection.prepareStatement(
                        "select id, password is not null from desk_operator where role = 'OWNER' order by id for update");
                ResultSet row = owners.executeQuery()) {
            while (row.next()) {
                boolean signsIn = row.getBoolean(2);
                if ((row.getLong(1) == operator.id()) != signsIn) {
                    return;
                }
            }
        }
        throw new IllegalArgumentException(operator.email()
                + " is the only owner who signs in; make somebody else one before, and let them use their link.");
    }

    /** Ends what was begun with an earlier password. */
    private static void end(Connection connection, long operator) throws SQLException {
        for (String table : List.of("desk_session", "desk_token", "desk_recovery")) {
            try (var delete = connection.prepareStatement("delete from " + table + " where operator_id = ?")) {
                delete.setLong(1, operator);
                delete.executeUpdate();
            }
        }
    }

    /** What two spellings of an address have in common. */
    static String key(String email) {
        return TypedAddress.cleaned(email).toLowerCase(Locale.ROOT);
    }

    private List<Operator> list(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            var operators = new ArrayList<Operator>();
            while (row.next()) {
                operators.add(operator(row));
            }
            return operators;
        }
    }

    private static Operator operator(ResultSet row) throws SQLException {
        return new Operator(row.getLong(1), row.getString(2), Role.valueOf(row.getString(3)), row.getBoolean(4));
    }

    private Optional<Operator> first(PreparedStatement select) throws SQLException {
        return list(select).stream().findFirst();
    }
}
