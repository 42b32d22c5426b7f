package org.dailypapers.mailbox;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.dailypapers.smtp.server.EhloReply;
import org.dailypapers.smtp.server.MessageData;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.server.SMTPServer;

/**
 * The embedded SMTP server that catches mail. It listens on the loopback interface alone, takes every sender and every
 * recipient but those {@linkplain ScriptedRecipient scripted} to fail, and relays nothing. It rests until started.
 */
@ApplicationScoped
public class MailboxServer {

    private static final int CONNECTIONS = 50;
    private static final int TIMEOUT_SECONDS = 60;

    private final Clock clock;
    private final int configuredPort;
    private volatile @Nullable Running running;

    private record Running(SMTPServer server, CaughtMail mail, int port) {}

    /** A server at rest, as the settings want it. */
    @Inject
    public MailboxServer(Clock clock, MailboxSettings settings) {
        this(clock, settings.port());
    }

    /**
     * A server at rest.
     *
     * @param clock tells when a letter is received
     * @param configuredPort where to listen; 0 for any free port
     */
    MailboxServer(Clock clock, int configuredPort) {
        this.clock = clock;
        this.configuredPort = configuredPort;
    }

    /**
     * Starts to listen and returns the port.
     *
     * @param folder where the letters lie, itself (not the data folder around it); made where it does not exist
     * @throws IllegalStateException where it runs already, or the port is taken
     * @throws java.io.UncheckedIOException where the folder cannot be used
     */
    public synchronized int start(Path folder) {
        if (running != null) {
            throw new IllegalStateException("the mailbox runs already, on port " + running.port());
        }
        CaughtMail mail = new CaughtMail(folder, clock);
        SMTPServer server = SMTPServer.port(configuredPort)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .softwareName("Daily Papers mailbox")
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .maxConnections(CONNECTIONS)
                .connectionTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .maxMessageSize(MessageData.SIZE)
                .insertReceivedHeaders(false)
                .fromAddressValidator(address -> true)
                .messageHandlerFactory(session -> new MailTransaction(mail, session))
                .build();
        server.getCommandHandler().addCommand(new EhloReply());
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the mailbox cannot listen on port " + configuredPort
                            + " of the loopback interface; free it or set daily-papers.mailbox.port=0",
                    e);
        }
        int port = configuredPort == 0 ? server.getPortAllocated() : configuredPort;
        running = new Running(server, mail, port);
        return port;
    }

    /** Stops listening and closes every session; does nothing where it does not run. The letters stay on disk. */
    @PreDestroy
    public synchronized void stop() {
        Running now = running;
        if (now != null) {
            now.server().stop();
            running = null;
        }
    }

    /** The port it listens on; empty where it does not run. */
    public OptionalInt port() {
        Running now = running;
        return now == null ? OptionalInt.empty() : OptionalInt.of(now.port());
    }

    /** The letters it caught; empty where it does not run. */
    public Optional<CaughtMail> mail() {
        return Optional.ofNullable(running).map(Running::mail);
    }
}
