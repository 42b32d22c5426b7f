package org.dailypapers.token;

import java.time.Duration;
import java.util.Optional;

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
    RETURN(7, null);

    private final int code;
    private final Duration lifetime;

    TokenPurpose(int code, Duration lifetime) {
        this.code = code;
        this.lifetime = lifetime;
    }

    byte code() {
        return (byte) code;
    }

    /** How long such a token is good for; empty: for ever. */
    public Optional<Duration> lifetime() {
        return Optional.ofNullable(lifetime);
    }
}
