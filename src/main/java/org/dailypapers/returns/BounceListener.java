package org.dailypapers.returns;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.smtp.server.EhloReply;
import org.dailypapers.smtp.server.MessageData;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.SessionHandler;

/**
 * The embedded SMTP server for the bounce domain: it takes mail to signed addresses of ours alone, and relays nothing. A
 * mail is answered for when what follows from it is durable. It rests until started.
 */
@ApplicationScoped
public class BounceListener {

    private static final int CONNECTIONS = 50;
    private static final int CONNECTIONS_OF_A_CLIENT = 10;
    private static final int TIMEOUT_SECONDS = 60;

    private final Returns returns;
    private final EnvelopeSenders senders;
    private final MailRate rate;
    private volatile @Nullable SMTPServer running;

    /** A listener at rest. */
    @Inject
    public BounceListener(Returns returns, EnvelopeSenders senders, Clock clock) {
        this.returns = returns;
        this.senders = senders;
        this.rate = new MailRate(clock);
    }

    /**
     * Starts to listen, on every interface.
     *
     * @param port where; 0 for any free one
     * @return where it listens
     * @throws IllegalStateException where the port is taken, or no domain is set
     */
    public synchronized int start(int port) {
        String domain = senders.domain().orElseThrow(() -> new IllegalStateException("no bounce domain is set"));
        SMTPServer server = SMTPServer.port(port)
                .hostName(domain)
                .softwareName("Daily Papers")
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .maxConnections(CONNECTIONS)
                .sessionHandler(SessionHandler.limitConcurrentSessionsBySource(CONNECTIONS_OF_A_CLIENT))
                .connectionTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxMessageSize(MessageData.SIZE)
                .insertReceivedHeaders(false)
                .fromAddressValidator(address -> true)
                .messageHandlerFactory(session -> new BounceTransaction(returns, senders, rate, session))
                .build();
        server.getCommandHandler().addCommand(new EhloReply());
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "mail that comes back cannot be listened for on port " + port
                            + "; free it, or set another DAILY_PAPERS_BOUNCE_PORT",
                    e);
        }
        running = server;
        return port == 0 ? server.getPortAllocated() : port;
    }

    /** Stops listening; a mail at hand is finished, or comes again. */
    public synchronized void stop() {
        SMTPServer server = running;
        if (server != null) {
            server.stop();
            running = null;
        }
    }

    /** The port it listens on; empty where it does not run. */
    public OptionalInt port() {
        SMTPServer server = running;
        return server == null ? OptionalInt.empty() : OptionalInt.of(server.getPortAllocated());
    }
}
