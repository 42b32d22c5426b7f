package org.dailypapers.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.Letter;
import org.dailypapers.token.ReturnAddresses;

/**
 * The addresses to which bounces come back: one for each message (VERP) where a domain for them is set, that of From
 * otherwise. A bounce need not be understood to know which message it is about.
 */
@ApplicationScoped
public class EnvelopeSenders {

    private final ReturnAddresses addresses;
    private final Optional<String> domain;

    @Inject
    EnvelopeSenders(ReturnAddresses addresses, BounceSettings settings) {
        this(addresses, settings.bounce());
    }

    /** Those of a domain; without one there are none. */
    public EnvelopeSenders(ReturnAddresses addresses, Optional<String> domain) {
        this.addresses = addresses;
        this.domain = domain.map(name -> IDN.toASCII(name.strip()).toLowerCase(Locale.ROOT));
    }

    /** The letter with the sender by which its message is known again. */
    Letter stamp(OutboundMessage message, Letter letter) {
        return domain.map(name -> letter.from(addresses.localPart(message.id()) + "@" + name))
                .orElse(letter);
    }

    /** The message that an address of ours was the sender of; empty where it is forged, or of another domain. */
    public OptionalLong message(String address) {
        return isOurs(address) ? addresses.messageOf(address) : OptionalLong.empty();
    }

    /** The subscriber who leaves by a mail to that address of ours; empty where it is forged, or of another domain. */
    public OptionalLong subscriber(String address) {
        return isOurs(address) ? addresses.subscriberOf(address) : OptionalLong.empty();
    }

    /** The domain that mail comes back to; empty where none is set. */
    public Optional<String> domain() {
        return domain;
    }

    private boolean isOurs(String address) {
        String of = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domain.filter(of::equals).isPresent();
    }
}
