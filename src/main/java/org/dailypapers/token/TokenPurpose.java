package org.dailypapers.token;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a signed link may do; a token made for one purpose opens no other door. */
public enum TokenPurpose {
    /** Confirms one request for a subscription, or the change it carries. */
    CONFIRM(1, Duration.ofDays(7)),
    /** Edits preferences; stands in every digest. */
    PREFERENCES(2, null),
    /** Ends the subscription; stands in every digest and never expires. */
    UNSUBSCRIBE(3, null),
    /** Takes an unsubscription back. */
    UNDO(4, Duration.ofHours(24)),
    /** Shows a sent digest without personal links. */
    LETTER(5, null),
    /** Preferences with export, erasure and the address; only ever mailed on request. */
    PRIVATE(6, Duration.ofMinutes(30)),
    /** Names the message that comes back to it; the address of an envelope's sender, in no link. */
    RETURN(7, null),
    /** Reads a reader's letters as a feed; good until its reader closes it. */
    FEED(8, null),
    /** Ends the subscription of whoever it names by a mail to it; a mail address, in no link. */
    LEAVE_BY_MAIL(9, null),
    /** Says of a letter's papers that more or less like them is wanted, as long as the letter is kept; shows nothing. */
    VOICE(12, null),
    /** Lets letters go to the address that it was mailed to. */
    MOVE(13, Duration.ofDays(7)),
    /** Calls a change of address off, as long as it waits: longer than the link that confirms it, however late that left. */
    STOP_MOVE(14, Duration.ofDays(31));

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final List<String> WORDS = List.of(
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private final int code;
    private final @Nullable Duration lifetime;

    TokenPurpose(int code, @Nullable Duration lifetime) {
        this.code = code;
        this.lifetime = lifetime;
    }

    byte code() {
        return (byte) code;
    }

    /** The same in words for the reader, such as "seven days"; "ever" where it does not end. */
    public String lifetimeInWords() {
        if (lifetime == null) {
            return "ever";
        }
        if (lifetime.compareTo(A_DAY) > 0) {
            return number(lifetime.toDays()) + " days";
        }
        return lifetime.toHours() > 1
                ? number(lifetime.toHours()) + " hours"
                : number(lifetime.toMinutes()) + " minutes";
    }

    private static String number(long number) {
        return number < WORDS.size() ? WORDS.get((int) number) : Long.toString(number);
    }

    /** How long such a token is good for; empty: for ever. */
    public Optional<Duration> lifetime() {
        return Optional.ofNullable(lifetime);
    }
}
