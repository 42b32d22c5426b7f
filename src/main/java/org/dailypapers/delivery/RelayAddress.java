package org.dailypapers.delivery;

import java.util.Optional;

/**
 * The server that letters are handed to.
 *
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

    /** Without the login, for logs and pages. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
