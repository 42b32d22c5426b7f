package org.dailypapers.dns;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/** Whom to ask what the DNS says. */
@StaticInitSafe
@ConfigMapping(prefix = "daily-papers")
public interface DnsSettings {

    /** A name server by its address, with a port where it is not 53; the system's where none is set. */
    Optional<@WithConverter(Server.class) String> dns();

    /** Reads an address of IPv4 or, in brackets, of IPv6, with or without a port. */
    final class Server implements Converter<String> {

        private static final Pattern ADDRESS =
                Pattern.compile("(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?");

        @Override
        public String convert(String text) {
            if (ADDRESS.matcher(text.strip()).matches()) {
                return text.strip();
            }
            throw new IllegalArgumentException(text
                    + " is no name server's address; write it like 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53].");
        }
    }
}
