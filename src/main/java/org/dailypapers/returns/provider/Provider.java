package org.dailypapers.returns.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.dailypapers.returns.ProviderEvent;

/** A provider of mail that calls us; one implementation for each, found by CDI. */
interface Provider {

    /** As it stands in the address that the provider calls, in small letters. */
    String name();

    /** Whether the setting with the proof of who calls is there; the address leads nowhere else. */
    boolean isSet();

    /**
     * What a call tells; nothing is read before it has shown whose it is. What is about no letter, or of a kind that is not
     * known, is left out.
     *
     * @throws Refused where it is not the provider's
     * @throws NotNow where that cannot be told at the moment
     * @throws JsonProcessingException where it is and cannot be read
     */
    List<ProviderEvent> read(Call call) throws Refused, NotNow, JsonProcessingException;

    /** A call that is not the provider's, or too old to be believed; the message says why, for whoever sets it up. */
    final class Refused extends Exception {

        Refused(String message) {
            super(message);
        }

        Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What tells whose a call is could not be had; whoever calls does so again. */
    final class NotNow extends Exception {

        NotNow(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
