package org.dailypapers.returns.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dailypapers.bounce.BounceClass;
import org.dailypapers.bounce.Outcome;
import org.dailypapers.bounce.ProviderNotice;
import org.dailypapers.bounce.ProviderNotice.Verdict;
import org.dailypapers.returns.ProviderEvent;

/** Makes events of what a call tells: of one object, or of each in a list. */
final class Events {

    private Events() {}

    /** Those of an object, or of the objects of an array, that tell of something. */
    static List<ProviderEvent> each(JsonNode told, Function<JsonNode, Optional<ProviderEvent>> read) {
        if (!told.isArray()) {
            return read.apply(told).stream().toList();
        }
        var events = new ArrayList<ProviderEvent>();
        told.forEach(one -> read.apply(one).ifPresent(events::add));
        return events;
    }

    /**
     * Of which letter and when.
     *
     * @param from its envelope senders, as far as they are told
     * @param letter its Message-ID with angle brackets
     */
    record About(List<String> from, Optional<String> letter, Instant at) {

        ProviderEvent event(Outcome outcome) {
            return new ProviderEvent(outcome, false, from, letter, at);
        }

        /** The recipient complained. */
        ProviderEvent complained(String recipient) {
            return event(ProviderNotice.complained(recipient, "abuse"));
        }

        /**
         * The provider sends nothing to whom it knows to have left. When that was it does not tell, and they may have come
         * back here since.
         */
        ProviderEvent barred(String recipient) {
            return event(ProviderNotice.failed(
                    Verdict.FOR_NOW, recipient, "barred at the provider: unsubscribed there", ""));
        }

        /** Somebody left by a link that the provider had put into the letter. */
        ProviderEvent left(String recipient) {
            var outcome = new Outcome(
                    BounceClass.NONE, Optional.empty(), recipient, "left at the provider", Optional.empty());
            return new ProviderEvent(outcome, true, from, letter, at);
        }
    }
}
