package org.dailypapers.delivery;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A moment of a statement as it is seen between the service and its database. */
record SeenStatement(What what, When when) {

    /** What the service asks of the database, told by the tables that every version of it has. */
    enum What {
        /** A lease is written. */
        CLAIM("(update message\\b(?:(?!\\bwhere\\b).)*\\blease\\s*=|merge into message\\b.*\\bset lease\\s*=).*"),
        /** The last look before MAIL FROM; the letter is composed. */
        SUPPRESSION("select .*\\bfrom suppression\\b.*"),
        /** What the relay said of a letter is written. */
        RECORD("(update message|merge into message)\\b.*\\blast_reply\\b.*"),
        /** What was typed on the form is kept. */
        REQUEST("insert into request\\b.*"),
        /** What a person said is kept. */
        CONSENT("insert into consent\\b.*");

        private final Pattern pattern;

        What(String regex) {
            pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        }

        static Optional<What> of(String sql) {
            String statement = sql.strip();
            for (What what : values()) {
                if (what.pattern.matcher(statement).matches()) {
                    return Optional.of(what);
                }
            }
            return Optional.empty();
        }
    }

    /** How far it has come. */
    enum When {
        /** The database has not seen it. */
        ASKED,
        /** The database has not seen the end of its transaction. */
        COMMITTING,
        /** Its transaction is over; the service does not know it yet. */
        COMMITTED
    }

    /** Who is told of statements. */
    @FunctionalInterface
    interface Watch {
        void at(SeenStatement seen);
    }

    /** What one connection to the database has said since its last commit. */
    static final class Session {

        private final Watch watch;
        private final Set<What> open = EnumSet.noneOf(What.class);

        Session(Watch watch) {
            this.watch = watch;
        }

        synchronized void before(String sql) {
            String statement = sql.strip();
            if (statement.equalsIgnoreCase("commit")) {
                open.forEach(what -> watch.at(new SeenStatement(what, When.COMMITTING)));
            } else if (statement.equalsIgnoreCase("rollback")) {
                open.clear();
            } else {
                What.of(statement).ifPresent(what -> {
                    open.add(what);
                    watch.at(new SeenStatement(what, When.ASKED));
                });
            }
        }

        synchronized void after(String sql) {
            if (sql.strip().equalsIgnoreCase("commit")) {
                Set<What> ended = EnumSet.copyOf(open);
                open.clear();
                ended.forEach(what -> watch.at(new SeenStatement(what, When.COMMITTED)));
            }
        }
    }
}
