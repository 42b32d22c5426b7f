package org.dailypapers.storage;

import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The database refused or could not be reached; the message says what was not done. */
public class DatabaseFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** ISO/IEC 9075-2 §24.1: cardinality, data, constraints. All else concerns every row. */
    private static final Set<String> ABOUT_A_ROW = Set.of("21", "22", "23");

    /**
     * A feature, a state of the transaction (such as read-only), a login, rights, a database or schema that is not there;
     * syntax, tables, rights: what does not pass by itself.
     */
    private static final Set<String> REFUSALS = Set.of("0A", "25", "28", "2B", "3D", "3F", "42");

    public DatabaseFailure(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    /**
     * Whether a failure comes from a database that is away, unwell or refuses what the service needs, rather than from
     * what a row holds.
     */
    public static boolean isBehind(Throwable failure) {
        return behind(failure).isPresent()
                || chain(failure).anyMatch(RollbackException.class::isInstance)
                        && chain(failure).noneMatch(SQLException.class::isInstance);
    }

    /** What a database that is away, unwell or refuses said; empty where the failure comes from what a row holds. */
    public static Optional<SQLException> behind(Throwable failure) {
        List<SQLException> said = chain(failure)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .toList();
        return said.stream().allMatch(refusal -> isOf(ABOUT_A_ROW, refusal))
                ? Optional.empty()
                : said.stream().filter(refusal -> !isOf(ABOUT_A_ROW, refusal)).findFirst();
    }

    /** Whether it is there and refuses, which goes on until somebody puts it right. */
    public static boolean isRefusal(Throwable failure) {
        return behind(failure).filter(said -> isOf(REFUSALS, said)).isPresent();
    }

    /** In some words what happened to the database: its code and the first line of what it said. */
    public static String said(Throwable failure) {
        return behind(failure)
                .map(said -> "SQLSTATE " + said.getSQLState() + ", "
                        + String.valueOf(said.getMessage()).lines().findFirst().orElse(""))
                .orElse("a transaction was given up");
    }

    private static boolean isOf(Set<String> classes, SQLException said) {
        String state = said.getSQLState();
        return state != null && state.length() >= 2 && classes.contains(state.substring(0, 2));
    }

    /** The failure, its causes and, for a commit that fails hides its cause there, what they suppressed. */
    private static Stream<Throwable> chain(Throwable failure) {
        return failure == null
                ? Stream.of()
                : Stream.concat(
                        Stream.of(failure),
                        Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                                .flatMap(DatabaseFailure::chain));
    }

    /** Throws the failure where that is so: no message is to blame, its lease runs out, and it is tried again. */
    public static void throwIfBehind(RuntimeException failure) {
        if (isBehind(failure)) {
            throw failure;
        }
    }
}
