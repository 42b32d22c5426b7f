package org.dailypapers.subscriber.file;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What other programs call the state of a subscriber; of two that a line tells, the later one here counts. */
enum ForeignStatus {
    CONFIRMED(
            "confirmed",
            "active",
            "subscribed",
            "enabled",
            "regular",
            "premium",
            "free",
            "paid",
            "comp",
            "comped",
            "gift",
            "gifted",
            "trial",
            "trialed",
            "trialing",
            "churning",
            "pastdue",
            "optedin",
            "member",
            "verified"),
    PENDING(
            "pending",
            "unconfirmed",
            "unactivated",
            "unverified",
            "validating",
            "notconfirmed",
            "optinpending",
            "awaitingconfirmation",
            "invited"),
    LEFT(
            "withdrawn",
            "unsubscribed",
            "unsub",
            "inactive",
            "cancelled",
            "canceled",
            "disabled",
            "blocklisted",
            "blacklisted",
            "blocked",
            "removed",
            "optedout",
            "deleted",
            "archived",
            "suppressed",
            "left"),
    BOUNCED("cleaned", "bounced", "undeliverable", "invalid", "hardbounced", "hardbounce", "bouncing"),
    COMPLAINED(
            "complained",
            "complaint",
            "complaining",
            "spam",
            "spammy",
            "spamcomplaint",
            "markedasspam",
            "abuse",
            "junk");

    private final List<String> words;

    ForeignStatus(String... words) {
        this.words = List.of(words);
    }

    /** The state of that name, however it is written; empty where it is none of these. */
    static Optional<ForeignStatus> of(String cell) {
        String letters = cell.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        return Arrays.stream(values())
                .filter(status -> status.words.contains(letters))
                .findFirst();
    }

    ForeignStatus or(ForeignStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
