package org.dailypapers.smtp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No connection to the relay could be opened; the message says why, on one line. */
public class TransportFailure extends Exception {

    private static final long serialVersionUID = 1;
    private final transient @Nullable SmtpReply reply;

    public TransportFailure(String message, @Nullable Throwable cause) {
        this(message, null, cause);
    }

    public TransportFailure(String message, @Nullable SmtpReply reply, @Nullable Throwable cause) {
        super(message.replaceAll("\\s+", " ").strip(), cause);
        this.reply = reply;
    }

    /** The refusal, where the relay gave one. */
    public Optional<SmtpReply> reply() {
        return Optional.ofNullable(reply);
    }
}
