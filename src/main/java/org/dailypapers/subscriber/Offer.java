package org.dailypapers.subscriber;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesText;

/**
 * What pressing the button of a mailed link does at this moment.
 *
 * @param preferences those that apply when it was pressed
 */
public record Offer(Subscriber subscriber, Act act, Preferences preferences) {

    /** What the press means. */
    public enum Act {
        /** Consent: letters begin to come. */
        SUBSCRIBE,
        /** Other preferences for somebody who is subscribed. */
        CHANGE,
        /** Nothing: it was pressed before. */
        NOTHING
    }

    /** What tells this offer from another: whoever sends it back has seen this one. */
    public String mark() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((act + " " + PreferencesText.write(preferences)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
