package org.dailypapers.letter;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.dailypapers.letter.address.AddressSyntax;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.address.Sender;
import org.eclipse.microprofile.config.spi.Converter;

/** Who the letters are from. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface SenderSettings {

    @WithDefault("Daily Papers <papers@localhost>")
    @WithConverter(From.class)
    Mailbox from();

    /** Of whoever runs the service, for the foot of every letter. */
    Optional<String> postalAddress();

    /** Reads a mailbox whose domain names Message-IDs and signatures, which know ASCII alone. */
    final class From implements Converter<Mailbox> {
        @Override
        public Mailbox convert(String text) {
            Mailbox from = Mailbox.parse(text);
            String domain = new Sender(from, Optional.empty()).domain();
            if (AddressSyntax.isAscii(domain)) {
                return from;
            }
            throw new IllegalArgumentException(
                    "the domain " + domain + " has no sure ASCII form; write it with its xn-- labels (RFC 5890).");
        }
    }
}
