package org.dailypapers.smtp;

import java.time.Duration;

/** Where letters go: opens connections that carry one letter after another. */
public interface MailTransport {

    /**
     * Opens a connection.
     *
     * @throws TransportFailure where none could be opened
     */
    MailConnection open() throws TransportFailure;

    /** How long opening a connection may take, and how long one letter; then it has failed. */
    default Duration deadline() {
        return Duration.ofMinutes(15);
    }

    /** A kept-open connection; used by one thread at a time. */
    interface MailConnection extends AutoCloseable {

        /**
         * Hands one letter over and says what came of it.
         *
         * @param goAhead run when the server is ready for the letter and has nothing of it; where it throws, nothing is
         *     handed over, the line is not usable any more, and what was thrown is thrown on. Not run where the server
         *     refuses earlier
         */
        DeliveryResult send(Letter letter, Runnable goAhead);

        /** Hands one letter over and says what came of it. */
        default DeliveryResult send(Letter letter) {
            return send(letter, () -> {});
        }

        /** Whether it can carry another letter, as far as is known. */
        boolean usable();

        /**
         * Whether the last letter found the line closed since the one before, or was told that the line has carried
         * enough. Nobody has judged that letter then: it goes out over another line, and no attempt was made.
         */
        default boolean stale() {
            return false;
        }

        /** How many letters it was given, whatever came of them. */
        default int carried() {
            return 0;
        }

        @Override
        void close();
    }
}
