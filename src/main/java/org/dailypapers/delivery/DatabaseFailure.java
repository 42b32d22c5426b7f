package org.dailypapers.delivery;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The database refused or could not be reached; the message says what was not done. */
public class DatabaseFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** ISO/IEC 9075-2 §24.1: cardinality, data, constraints; syntax or access. */
    private static final Set<String> ABOUT_DATA = Set.of("21", "22", "23", "42");

    public DatabaseFailure(String what, SQLException cause) {
        super(what + ": " + cause.getMessage(), cause);
    }

    /** Whether a failure comes from a database that is away or unwell, rather than from what it was asked. */
    public static boolean isBehind(Throwable failure) {
        return behind(failure).isPresent();
    }

    /** What a database that is away or unwell said; empty where the failure comes from what it was asked. */
    public static Optional<SQLException> behind(Throwable failure) {
        if (failure instanceof SQLException refusal) {
            String state = refusal.getSQLState();
            return state == null || state.length() < 2 || !ABOUT_DATA.contains(state.substring(0, 2))
                    ? Optional.of(refusal)
                    : Optional.empty();
        }
        // A commit that fails hides its cause among what it suppressed.
        return failure == null
                ? Optional.empty()
                : Stream.concat(Stream.ofNullable(failure.getCause()), Arrays.stream(failure.getSuppressed()))
                        .flatMap(cause -> behind(cause).stream())
                        .findFirst();
    }

    /** Throws the failure where that is so: no message is to blame, its lease runs out, and it is tried again. */
    static void throwIfBehind(RuntimeException failure) {
        if (isBehind(failure)) {
            throw failure;
        }
    }
}
