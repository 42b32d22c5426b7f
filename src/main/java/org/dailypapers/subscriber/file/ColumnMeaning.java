package org.dailypapers.subscriber.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a column of another program's list means here, by its name in small letters without blanks and other signs. */
enum ColumnMeaning {
    EMAIL("the address", "email", "emailaddress", "mail", "mailaddress", "subscriberemail", "useremail"),
    STATUS(
            "whether they subscribe",
            "status",
            "state",
            "subscriberstatus",
            "subscribertype",
            "memberstatus",
            "subscriptionstatus",
            "emailstatus"),
    /** The earlier of the names counts where a list has several. */
    SAID(
            "when they said yes",
            "confirmtime",
            "confirmedat",
            "confirmedon",
            "confirmationdate",
            "optintime",
            "optinat",
            "optindate",
            "subscribedat",
            "subscribedon",
            "subscribedate",
            "subscribeddate",
            "datesubscribed",
            "subscriptiondate",
            "signupdate",
            "signedupat",
            "joinedat",
            "joined",
            "createdat",
            "creationdate",
            "createddate",
            "datecreated",
            "dateadded",
            "addedat",
            "created"),
    LEFT(
            "when they left",
            "unsubtime",
            "unsubscribedat",
            "unsubscribedon",
            "unsubscriptiondate",
            "unsubscribedate",
            "unsubscribeddate",
            "dateunsubscribed",
            "optouttime",
            "optedoutat",
            "canceledat",
            "cancelledat",
            "deletedat"),
    BOUNCED("when their mailbox was given up", "cleantime", "bouncedat", "bouncedate", "hardbouncedat"),
    COMPLAINED("when they complained", "complainedat", "complaintdate", "spamreportedat"),
    CHANGED("when that was last changed", "updatedat", "lastchanged", "modifiedat"),
    OFF(
            "whether they want no letters",
            "emaildisabled",
            "unsubscribed",
            "optedout",
            "blocklisted",
            "blacklisted",
            "unsubscribedfromemails"),
    ON("whether they want letters", "subscribedtoemails", "subscribed", "emailenabled", "optedin"),
    LANGUAGE("the language of their letters", "language", "preferredlanguage", "lang", "locale"),
    NOTHING("left aside");

    private final String words;
    private final List<String> names;

    ColumnMeaning(String words, String... names) {
        this.words = words;
        this.names = List.of(names);
    }

    /** Of what alone another program's list has. */
    static final Set<ColumnMeaning> FOREIGN = Set.of(SAID, LEFT, BOUNCED, COMPLAINED, CHANGED, OFF, ON);

    /** In a few words. */
    String words() {
        return words;
    }

    /** Which of several columns of one meaning counts: the least. */
    int rank(String letters) {
        return names.indexOf(letters);
    }

    static ColumnMeaning of(String letters) {
        for (ColumnMeaning meaning : values()) {
            if (meaning.names.contains(letters)) {
                return meaning;
            }
        }
        return NOTHING;
    }

    /** Whether a cell of a column that says yes or no says yes; empty where it says nothing. */
    static Optional<Boolean> truth(String cell) {
        return switch (cell.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "yes", "1", "on", "t", "y" -> Optional.of(true);
            case "false", "no", "0", "off", "f", "n" -> Optional.of(false);
            case "" -> Optional.empty();
            default -> throw new IllegalArgumentException("a column that says yes or no says something else");
        };
    }
}
