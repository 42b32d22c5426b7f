package org.dailypapers.returns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dailypapers.bounce.Outcome;

/**
 * What a provider tells of one letter that it sent for us, by a call that it alone can make.
 *
 * @param outcome of a letter; it names the recipient
 * @param left whether the recipient has left by the provider's own link, with an outcome that says so
 * @param from the envelope senders of the letter, as far as it tells
 * @param letter the letter's Message-ID with its angle brackets; empty where the provider tells none but its own
 * @param at when it happened
 */
public record ProviderEvent(Outcome outcome, boolean left, List<String> from, Optional<String> letter, Instant at) {

    public ProviderEvent {
        from = List.copyOf(from);
    }
}
