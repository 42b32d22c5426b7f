package org.dailypapers.interest;

/** Interests of lines that tests know to be good. */
public final class KnownInterest {

    private KnownInterest() {}

    /** The line's interest; throws IllegalArgumentException where it has none. */
    public static Interest of(String line) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> interest;
            case InterestError error -> throw new IllegalArgumentException(line + ": " + error.message());
        };
    }
}
