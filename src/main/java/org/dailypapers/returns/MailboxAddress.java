package org.dailypapers.returns;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.dailypapers.web.LocalClient;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Where a mailbox is: {@code imaps://user@host/folder}, and the same with imap, pop3s and pop3. A user that has an @ in it
 * is written with %40. Without the s the line is encrypted by STARTTLS, but to this machine itself.
 */
public record MailboxAddress(Protocol protocol, boolean tls, String host, int port, String user, String folder) {

    /** How it is read. */
    public enum Protocol {
        IMAP,
        POP3
    }

    /** Reads the setting. */
    public static final class Reader implements Converter<MailboxAddress> {
        @Override
        public MailboxAddress convert(String text) {
            return MailboxAddress.of(text.strip());
        }
    }

    static MailboxAddress of(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String user = uri.getRawUserInfo();
        if (uri.getHost() == null || user == null || user.isEmpty() || user.contains(":")) {
            throw wrong();
        }
        boolean tls = scheme.endsWith("s");
        Protocol protocol =
                switch (scheme) {
                    case "imap", "imaps" -> Protocol.IMAP;
                    case "pop3", "pop3s" -> Protocol.POP3;
                    default -> throw wrong();
                };
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("^/", "");
        return new MailboxAddress(
                protocol,
                tls,
                uri.getHost(),
                uri.getPort(),
                decoded(user),
                path.isEmpty() || protocol == Protocol.POP3 ? "INBOX" : decoded(path));
    }

    /** Whether the line may stay open: to this machine. */
    boolean isLocal() {
        return LocalClient.names(host);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Without what was typed: a password may stand in it. */
    private static IllegalArgumentException wrong() {
        return new IllegalArgumentException(
                "write it like imaps://user@mail.example.org/INBOX, with %40 for an @ in the user; imap, imaps, pop3 and"
                        + " pop3s are known, and the password stands in DAILY_PAPERS_BOUNCE_MAILBOX_PASSWORD.");
    }
}
