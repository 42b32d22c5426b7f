package org.dailypapers.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.outbox.Priority;
import org.dailypapers.reputation.CircuitBreaker;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.reputation.Reputation;
import org.dailypapers.smtp.ConnectionPool;
import org.dailypapers.smtp.MailTransport;
import org.dailypapers.smtp.Pace;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The workers that send, from start to an orderly stop. */
@ApplicationScoped
public class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    /** Connections that each have a thread of the system. */
    private static final int FEW = 50;

    /** When a quarter of what was claimed is left, more is claimed: nobody waits for that. */
    private static final int REFILL = 4;

    private final Outbox outbox;
    private final Map<String, Letters> letters;
    private final EnvelopeSenders senders;
    private final Reputation reputation;
    private final DeliverySettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<Thread> workers = new ArrayList<>();
    private volatile @Nullable ConnectionPool pool;
    private volatile @Nullable CircuitBreaker breaker;
    private @Nullable ClaimedMessages claimed;

    Delivery(
            Outbox outbox,
            @All List<Letters> letters,
            EnvelopeSenders senders,
            Reputation reputation,
            DeliverySettings settings,
            MeterRegistry metrics,
            Clock clock) {
        this.outbox = outbox;
        this.letters = letters.stream().collect(Collectors.toMap(Letters::kind, Function.identity()));
        this.senders = senders;
        this.reputation = reputation;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        metrics.gauge("dailypapers.relay.connections", this, Delivery::connections);
        metrics.gauge("dailypapers.relay.stopped", this, d -> d.stopped().isPresent() ? 1 : 0);
        sampled("dailypapers.queue.age.seconds", () -> outbox.age().toSeconds());
        sampled("dailypapers.queue.messages", outbox::queued);
    }

    private void sampled(String name, DoubleSupplier source) {
        Gauge.builder(name, new SampledFigure(source)::getAsDouble).register(metrics);
    }

    void ended(@Observes DeliveryEnded event) {
        if (event.state() == MessageState.EXPIRED) {
            metrics.counter("dailypapers.messages", "result", "expired").increment();
        }
    }

    /** Starts so many workers, each with a connection. */
    public void start(MailTransport transport, int connections) {
        start(transport, Pace.of(connections));
    }

    /** Starts as many workers as connections are allowed; they share those that are open. */
    public synchronized void start(MailTransport transport, Pace pace) {
        stopping.set(false);
        pool = new ConnectionPool(transport, pace);
        breaker = new CircuitBreaker(reputation.alarms(), clock);
        claimed = claimed(transport, pace.connections(), settings.poll());
        Supplier<DeliveryWorker> next = workers(transport, pace.connections(), claimed, pool, breaker, stopping);
        for (int i = 0; i < pace.connections(); i++) {
            workers.add(thread("delivery-" + (i + 1), pace.connections()).start(next.get()));
        }
    }

    /**
     * Virtual where there are many, and Jakarta Mail's synchronized methods do not pin them to a carrier (JEP 491, Java
     * 24). A few are cheaper as the system's own: whenever a virtual one waits, a poller and a carrier have to be woken.
     */
    private static Thread.Builder thread(String name, int connections) {
        return connections > FEW && Runtime.version().feature() >= 24
                ? Thread.ofVirtual().name(name)
                : Thread.ofPlatform().daemon().name(name);
    }

    /** Lets no worker begin another letter; {@link #stop} waits for those at hand. */
    public void stopClaiming() {
        stopping.set(true);
    }

    /** Stops claiming, lets each exchange at hand finish, and returns when all have, or after that time. */
    public synchronized void stop(Duration patience) {
        stopping.set(true);
        long end = System.nanoTime() + patience.toNanos();
        for (Thread worker : workers) {
            try {
                worker.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (workers.stream().anyMatch(Thread::isAlive)) {
            LOG.warn(
                    "An exchange with the relay did not finish in time; its message is tried again when its lease ends");
        }
        workers.clear();
        if (pool != null && claimed != null) {
            claimed.release();
            pool.close();
        }
    }

    /** Sends what is due, in this thread, until nothing is; for commands and tests. How many were dealt with. */
    public int drain(MailTransport transport) {
        return drain(transport, Pace.of(1));
    }

    /** The same, no faster than that, over one connection at a time. */
    public int drain(MailTransport transport, Pace pace) {
        ClaimedMessages own = claimed(transport, 1, Duration.ZERO);
        try (var alone = new ConnectionPool(transport, new Pace(1, pace.messages(), pace.perSecond()))) {
            var circuit = new CircuitBreaker(reputation.alarms(), clock);
            DeliveryWorker worker = workers(transport, 1, own, alone, circuit, new AtomicBoolean())
                    .get();
            int all = 0;
            int dealt;
            do {
                dealt = worker.round();
                all += dealt;
            } while (dealt > 0 && worker.healthy());
            return all;
        } finally {
            own.release();
        }
    }

    /** How many connections to the relay are allowed at present. */
    public int connections() {
        ConnectionPool current = pool;
        return current == null ? 0 : current.allowed();
    }

    /** Why letters wait though the relay can be reached, for people; empty where they do not. */
    public Optional<String> stopped() {
        CircuitBreaker current = breaker;
        return current == null ? Optional.empty() : current.stopReason();
    }

    private ClaimedMessages claimed(MailTransport transport, int connections, Duration poll) {
        Duration lease = settings.leaseFor(transport.deadline());
        int most = settings.batch() * connections;
        return new ClaimedMessages(
                outbox,
                clock,
                lease,
                transport.deadline(),
                poll,
                Math.max(1, most / REFILL),
                () -> outbox.claim(Priority.TRANSACTIONAL, most, lease),
                () -> outbox.claim(Priority.BULK, most, lease));
    }

    /** Workers that share everything but the letter at hand. */
    private Supplier<DeliveryWorker> workers(
            MailTransport transport,
            int count,
            ClaimedMessages claimed,
            ConnectionPool shared,
            CircuitBreaker circuit,
            AtomicBoolean stop) {
        DatabaseTrouble trouble = reputation.trouble();
        var supply = new Supply(outbox, letters, circuit, claimed, settings, transport.deadline(), clock);
        var prefetcher = new Prefetcher(letters, reputation.suppressions(), claimed, count);
        var judgement = new Judgement(letters, reputation.policy(), circuit, trouble);
        var books = new Bookkeeping(outbox, count);
        var completer = new Completer(outbox, books, judgement, reputation.alarms(), metrics, clock);
        var composition = new Composition(outbox, senders, completer, trouble, settings.composeAttempts());
        return () -> new DeliveryWorker(supply, prefetcher, composition, completer, circuit, shared, trouble, stop);
    }
}
