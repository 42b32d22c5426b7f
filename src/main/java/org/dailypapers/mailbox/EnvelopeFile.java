package org.dailypapers.mailbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The side file of a caught letter: a line for the sender, one for each recipient, one for the time received. */
record EnvelopeFile(Envelope envelope, Instant received) {

    private static final String FROM = "X-Envelope-From: ";
    private static final String TO = "X-Envelope-To: ";
    private static final String RECEIVED = "X-Received: ";

    /** The file's text, each line ended by LF. */
    String text() {
        StringBuilder text = new StringBuilder(FROM).append(envelope.from()).append('\n');
        envelope.recipients().forEach(to -> text.append(TO).append(to).append('\n'));
        return text.append(RECEIVED).append(received).append('\n').toString();
    }

    /** What a file's text says; empty where it was not written by {@link #text()}. */
    static Optional<EnvelopeFile> parse(String text) {
        String from = null;
        Instant received = null;
        List<String> recipients = new ArrayList<>();
        try {
            for (String line : text.split("\n")) {
                if (line.startsWith(FROM)) {
                    from = line.substring(FROM.length());
                } else if (line.startsWith(TO)) {
                    recipients.add(line.substring(TO.length()));
                } else if (line.startsWith(RECEIVED)) {
                    received = Instant.parse(line.substring(RECEIVED.length()));
                }
            }
            return from == null || received == null
                    ? Optional.empty()
                    : Optional.of(new EnvelopeFile(new Envelope(from, recipients), received));
        } catch (DateTimeException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
