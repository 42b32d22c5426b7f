package org.dailypapers.digest.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.dailypapers.subscriber.Consent;

/** What somebody wants at a moment. */
public enum Wish {
    LETTERS,
    /** Letters again after a pause. */
    PAUSE,
    /** They have not confirmed, or have left. */
    NO_LETTERS;

    /** @param pauseUntil the first date after a pause; null where there is none */
    public static Wish at(Instant now, Consent consent, LocalDate pauseUntil, ZoneId zone) {
        if (consent != Consent.CONFIRMED) {
            return NO_LETTERS;
        }
        return pauseUntil != null && LocalDate.ofInstant(now, zone).isBefore(pauseUntil) ? PAUSE : LETTERS;
    }
}
