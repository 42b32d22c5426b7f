package org.dailypapers.dns;

/**
 * What was looked at, how it stands, and what to do where it is not well.
 *
 * @param subject what was looked at, such as {@code SPF of example.org}
 * @param words one line
 */
public record Finding(Verdict verdict, String subject, String words) {

    /** How it stands. */
    public enum Verdict {
        OK,
        /** To be known; nothing need be done. */
        NOTE,
        FAULT,
        /** It could not be looked at. */
        UNASKED
    }

    /** As a line for people, the verdicts below each other. */
    public String line() {
        String mark =
                switch (verdict) {
                    case OK -> "ok    ";
                    case NOTE -> "note  ";
                    case FAULT -> "fault ";
                    case UNASKED -> "?     ";
                };
        return mark + subject + ": " + words;
    }

    /** All is well. */
    public static Finding ok(String subject, String words) {
        return new Finding(Verdict.OK, subject, words);
    }

    /** Something to be known. */
    public static Finding note(String subject, String words) {
        return new Finding(Verdict.NOTE, subject, words);
    }

    /** Something to be put right. */
    public static Finding fault(String subject, String words) {
        return new Finding(Verdict.FAULT, subject, words);
    }

    static Finding unasked(String subject, Dns.UnansweredException why) {
        return new Finding(Verdict.UNASKED, subject, "could not be asked for; " + why.getMessage());
    }
}
