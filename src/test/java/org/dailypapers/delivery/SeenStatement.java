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
        /** The database has not seen the end of its transaction, which may be the statement itself. */
        COMMITTING,
        /** Its transaction is over; the service does not know it yet. */
        COMMITTED
    }

    /** Who is told of statements. */
    @FunctionalInterface
    interface Watch {
        void at(SeenStatement seen);
    }

    /**
     * What one connection to the database has said since its last commit. What the relay took is recorded by a statement
     * that is a transaction of its own: nothing is seen between it and its end.
     */
    static final class Session {

        private final Watch watch;
        private final boolean answered;
        private final Set<What> open = EnumSet.noneOf(What.class);
        private boolean begun;
        private boolean alone;

        /**
         * A connection of its own.
         *
         * @param answered whether {@link #after} means that the database has committed what stood alone; H2 commits it
         *     thereafter, which is certain when the next statement comes
         */
        Session(Watch watch, boolean answered) {
            this.watch = watch;
            this.answered = answered;
        }

        synchronized void before(String sql) {
            String statement = sql.strip();
            endAlone();
            if (statement.equalsIgnoreCase("begin")) {
                begun = true;
            } else if (statement.equalsIgnoreCase("commit")) {
                open.forEach(what -> watch.at(new SeenStatement(what, When.COMMITTING)));
            } else if (statement.equalsIgnoreCase("rollback")) {
                open.clear();
                begun = false;
            } else {
                What.of(statement).ifPresent(what -> {
                    watch.at(new SeenStatement(what, When.ASKED));
                    if (what == What.RECORD && !begun) {
                        watch.at(new SeenStatement(what, When.COMMITTING));
                        alone = true;
                    } else {
                        open.add(what);
                    }
                });
            }
        }

        synchronized void after(String sql) {
            if (sql.strip().equalsIgnoreCase("commit")) {
                Set<What> ended = EnumSet.copyOf(open);
                open.clear();
                begun = false;
                ended.forEach(what -> watch.at(new SeenStatement(what, When.COMMITTED)));
            } else if (answered) {
                endAlone();
            }
        }

        private void endAlone() {
            if (alone) {
                alone = false;
                watch.at(new SeenStatement(What.RECORD, When.COMMITTED));
            }
        }
    }
}
