package org.dailypapers.digest.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.dailypapers.subscriber.Consent;
import org.jspecify.annotations.Nullable;

/** What somebody wants at a moment. */
public enum Wish {
    LETTERS,
    /** Letters again after a pause. */
    PAUSE,
    /** They have not confirmed, or have left. */
    NO_LETTERS;

    /**
     * What is wanted at that instant.
     *
     * @param pauseUntil the first date after a pause
     */
    public static Wish at(Instant now, Consent consent, @Nullable LocalDate pauseUntil, ZoneId zone) {
        if (consent != Consent.CONFIRMED) {
            return NO_LETTERS;
        }
        return pauseUntil != null && LocalDate.ofInstant(now, zone).isBefore(pauseUntil) ? PAUSE : LETTERS;
    }
}
