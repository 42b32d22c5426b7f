package org.dailypapers.delivery;

/** Where letters go: opens connections that carry one letter after another. */
public interface MailTransport {

    /**
     * Opens a connection.
     *
     * @throws TransportFailure where none could be opened
     */
    MailConnection open() throws TransportFailure;

    /** A kept-open connection; used by one thread at a time. */
    interface MailConnection extends AutoCloseable {

        /** Hands one letter over and says what came of it. */
        DeliveryResult send(Letter letter);

        /** Whether it can carry another letter. */
        boolean usable();

        @Override
        void close();
    }
}
