package org.dailypapers.dns;

import java.util.List;

/** The DNS, as far as mail needs it. */
public interface Dns {

    /** The kinds of records that are asked for. */
    enum Kind {
        A,
        AAAA,
        MX,
        PTR,
        TXT
    }

    /** What the DNS says to one question. */
    sealed interface Answer {

        /**
         * There are records.
         *
         * @param texts one each: addresses as they are written, names without the dot at their end, those of mail
         *     exchangers with their preference before them, the strings of a text joined
         */
        record Records(List<String> texts) implements Answer {
            public Records {
                texts = List.copyOf(texts);
            }
        }

        /** The name does not exist, or has no record of that kind. */
        record None() implements Answer {}

        /**
         * It could not be asked, or did not answer.
         *
         * @param why in a few words
         */
        record Unanswered(String why) implements Answer {}
    }

    /** Asks for the records of a name; the name may end in a dot or not. */
    Answer ask(String name, Kind kind);

    /**
     * The records of a name, none where there are none.
     *
     * @throws UnansweredException where the DNS did not answer
     */
    default List<String> records(String name, Kind kind) throws UnansweredException {
        return switch (ask(name, kind)) {
            case Answer.Records(List<String> texts) -> texts;
            case Answer.None none -> List.of();
            case Answer.Unanswered(String why) -> throw new UnansweredException(kind + " of " + name + ": " + why);
        };
    }

    /** Thrown where the DNS did not answer; its message says what was asked. */
    final class UnansweredException extends Exception {
        private static final long serialVersionUID = 1;

        UnansweredException(String message) {
            super(message);
        }
    }
}
