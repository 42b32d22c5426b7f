package org.dailypapers.command;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.dailypapers.command.check.Failure;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Postman;
import org.dailypapers.command.verb.ServiceState;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.EnvelopeSenders;
import org.dailypapers.desk.ReplicaKeys;
import org.dailypapers.desk.Ticks;
import org.dailypapers.edition.Intake;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topics;
import org.dailypapers.returns.BounceListener;
import org.dailypapers.returns.BounceMailbox;
import org.dailypapers.returns.ReturnSettings;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.source.Sources;
import org.dailypapers.storage.DatabaseFailure;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.dailypapers.token.Links;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The service, from start to an orderly stop: stop claiming, finish the exchange at hand, leave. */
@Singleton
public class Service implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Service.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CATCHER_TIMEOUT_MILLIS = 30_000;
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Delivery delivery;
    private final Outbox outbox;
    private final MailboxServer mailbox;
    private final Postman postman;
    private final RelaySettings relay;
    private final Sources sources;
    private final Intake intake;
    private final Papers papers;
    private final Topics topics;
    private final SubscriberUpkeep upkeep;
    private final Ticks ticks;
    private final SourceStandings standings;
    private final ReplicaKeys keys;
    private final ServiceState state;
    private final CommandDoor door;
    private final Sender sender;
    private final Links links;
    private final StorageSettings storage;
    private final EnvelopeSenders senders;
    private final BounceListener listener;
    private final BounceMailbox bounceMailbox;
    private final OptionalInt bouncePort;
    private final int port;

    /** Over when nothing more is being started. */
    private final CountDownLatch starting = new CountDownLatch(1);

    Service(
            Delivery delivery,
            Outbox outbox,
            MailboxServer mailbox,
            Postman postman,
            RelaySettings relay,
            Sources sources,
            Intake intake,
            Papers papers,
            Topics topics,
            SubscriberUpkeep upkeep,
            Ticks ticks,
            SourceStandings standings,
            ReplicaKeys keys,
            ServiceState state,
            CommandDoor door,
            Sender sender,
            Links links,
            StorageSettings storage,
            EnvelopeSenders senders,
            BounceListener listener,
            BounceMailbox bounceMailbox,
            ReturnSettings returns,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.delivery = delivery;
        this.outbox = outbox;
        this.mailbox = mailbox;
        this.postman = postman;
        this.relay = relay;
        this.sources = sources;
        this.intake = intake;
        this.papers = papers;
        this.topics = topics;
        this.upkeep = upkeep;
        this.ticks = ticks;
        this.standings = standings;
        this.keys = keys;
        this.state = state;
        this.door = door;
        this.sender = sender;
        this.links = links;
        this.storage = storage;
        this.senders = senders;
        this.listener = listener;
        this.bounceMailbox = bounceMailbox;
        this.bouncePort = returns.bouncePort();
        this.port = port;
    }

    @Override
    public int run(String... arguments) throws IOException {
        state.serve();
        try {
            start();
        } finally {
            starting.countDown();
        }
        Quarkus.waitForExit();
        return Commands.OK;
    }

    /** Step by step, for the process may be asked to stop at any moment. */
    private void start() throws IOException {
        Commands.refuseUnknownSources(sources);
        if (state.stopping()) {
            return;
        }
        if (storage.embedded()) {
            // This process alone opens the database: whoever held a lease is gone.
            outbox.releaseAll();
            standings.releaseAll();
            bounceMailbox.releaseAll();
            RunningService service = RunningService.on(port);
            door.open(service);
            service.announce(storage.data());
        }
        if (state.stopping()) {
            return;
        }
        delivery.start(postman.hasRelay() ? postman.relay() : catcher(), relay.pace());
        bouncePort.ifPresent(this::listen);
        bounceMailbox.start();
        firstPapers();
        if (state.stopping()) {
            return;
        }
        ticks.start();
        state.ready();
        greet();
    }

    /** After all others who were told to stop, while the database is still open. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) throws IOException {
        state.stop();
        if (!state.serving()) {
            return;
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        delivery.stopClaiming();
        boolean ended = started(end);
        // What was being started may have begun to claim meanwhile.
        delivery.stopClaiming();
        listener.stop();
        bounceMailbox.stop(until(end));
        ended &= ticks.stop(until(end));
        delivery.stop(until(end));
        mailbox.stop();
        leave();
        if (storage.embedded()) {
            RunningService.withdraw(storage.data());
        }
        LOG.info("Stopped");
        if (!ended) {
            Main.halt();
        }
    }

    private boolean started(long end) {
        try {
            return starting.await(until(end).toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Where the database is gone, the others forget this process by themselves. */
    private void leave() {
        try {
            keys.leave();
        } catch (RuntimeException e) {
            LOG.debugf(e, "The list of processes could not be told");
        }
    }

    private Relay catcher() {
        int smtp = mailbox.start(storage.data().resolve("mailbox"));
        return new Relay(new RelayAddress(
                "127.0.0.1",
                smtp,
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                CATCHER_TIMEOUT_MILLIS,
                sender.domain()));
    }

    /**
     * Live papers if a source answers within seconds, else the bundled sample. Whatever fails here is tried again by the
     * day's ticks, or does without.
     */
    private void firstPapers() {
        try {
            intake.finish();
            if (papers.count() > 0) {
                return;
            }
            LOG.info("No papers yet: asking the sources");
            intake.live(true);
            // Another process that starts at the same time may be bringing them in.
            for (int i = 0;
                    i < LONGEST_WAIT_SECONDS && !state.stopping() && papers.count() == 0 && intake.asking();
                    i++) {
                Thread.sleep(1_000);
            }
            if (!state.stopping() && papers.count() == 0 && !intake.asking()) {
                LOG.infof("No source answered: the sample will do until one does (%s)", intake.sample());
            }
        } catch (CancellationException e) {
            LOG.debug("The process stops before the first papers are in", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            String line = "The first papers could not be taken in; the sources are asked again within the hour";
            if (DatabaseFailure.isBehind(e)) {
                LOG.errorf("%s: %s", line, DatabaseFailure.said(e));
            } else {
                LOG.error(line, e);
            }
        }
    }

    private void greet() {
        LOG.infof("Daily Papers is ready on %s", links.base());
        if (mailbox.port().isPresent()) {
            LOG.infof("No relay is set: letters are caught, read them on %s", links.page("/mailbox"));
        }
        if (papers.countFrom(Paper.SAMPLE) > 0) {
            LOG.info("The papers are a bundled sample until a source answers");
        }
        listener.port()
                .ifPresent(at -> LOG.infof("Mail to %s that comes back is taken in on port %d", bounceDomain(), at));
        sayWhichTopicsAreGone();
    }

    private void listen(int at) {
        try {
            listener.start(at);
        } catch (IllegalStateException e) {
            throw new Failure("The service does not start: " + e.getMessage() + ".");
        }
    }

    private String bounceDomain() {
        return senders.domain().orElse("nobody");
    }

    private void sayWhichTopicsAreGone() {
        try {
            Map<String, Integer> gone = upkeep.gone(topics);
            if (!gone.isEmpty()) {
                LOG.warnf(
                        "Topics that readers chose are not in topics.txt and bring no papers: %s",
                        gone.entrySet().stream()
                                .map(topic -> topic.getKey() + " (" + topic.getValue() + ")")
                                .collect(Collectors.joining(", ")));
            }
        } catch (RuntimeException e) {
            LOG.warnf("Whether readers chose topics that are gone could not be looked up: %s", e);
        }
    }
}
