package org.dailypapers.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * The server that letters are handed to.
 *
 * @param timeoutMillis of one stage of the exchange
 * @param localName what we call ourselves in EHLO
 */
public record RelayAddress(
        String host,
        int port,
        RelaySettings.Security security,
        Optional<String> username,
        Optional<String> password,
        int timeoutMillis,
        String localName) {

    /** How long a whole exchange may take, or the opening of a connection. */
    public Duration deadline() {
        return RelaySettings.deadline(Duration.ofMillis(timeoutMillis));
    }

    /** Without the login, for logs and pages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
