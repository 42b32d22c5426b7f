package org.dailypapers.site.connection;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * All connections to the web server, within bounds of time and number. Whoever comes is let in: where a bound is passed it
 * is the slowest connection that goes, so that those who only hold on to theirs keep nobody out.
 */
@Singleton
class OpenConnections {

    private static final String NAME = "open-connections";
    private static final long SWEEP_MILLIS = 1_000;

    /** What came within this time counts as if it had taken it all, or whoever comes again and again were always fast. */
    private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** For the database, the index, libraries and connections to the relay. */
    private static final int OTHER_FILES = 512;

    private static final int FEWEST = 64;
    private static final int MOST = 10_000;

    /** Of the threads that answer, those which leaving and the health checks need not share. */
    private static final double RESERVED = 0.25;

    /** Requests to leave of one client at once: half of the threads that are kept for leaving. */
    private static final int MOST_LEAVING = 25;

    private final Vertx vertx;
    private final Clients clients;
    private final int perClient;
    private final int most;
    private final int room;
    private final LongSupplier ticker;
    private final AtomicInteger working = new AtomicInteger();
    private final Set<OpenConnection> everybody = new LinkedHashSet<>();
    private final Map<String, Set<OpenConnection>> byClient = new HashMap<>();
    private final Map<String, Integer> leaving = new HashMap<>();
    private Long sweep;

    @Inject
    OpenConnections(
            Vertx vertx,
            Clients clients,
            ConnectionSettings settings,
            @ConfigProperty(name = "quarkus.thread-pool.max-threads") int threads) {
        this(vertx, clients, settings.perClient(), filesAllow(), (int) (threads * (1 - RESERVED)), System::nanoTime);
    }

    OpenConnections(Vertx vertx, Clients clients, int perClient, int most, int room, LongSupplier ticker) {
        this.vertx = vertx;
        this.clients = clients;
        this.perClient = perClient;
        this.most = most;
        this.room = room;
        this.ticker = ticker;
    }

    private static int filesAllow() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : MOST + OTHER_FILES;
        return Math.clamp(files - OTHER_FILES, FEWEST, MOST);
    }

    void begin(@ObservesAsync HttpServerStart started) {
        watch();
    }

    void beginSecurely(@ObservesAsync HttpsServerStart started) {
        watch();
    }

    private synchronized void watch() {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            // What listens was registered by Vert.x, which hands out neither it nor a connection before its first
            // request.
            loop.execute(() ->
                    ((SingleThreadEventLoop) loop).registeredChannelsIterator().forEachRemaining(this::watch));
        }
        if (sweep == null) {
            sweep = vertx.setPeriodic(SWEEP_MILLIS, id -> check());
        }
    }

    private void watch(Channel channel) {
        if (channel instanceof ServerChannel && channel.pipeline().get(NAME) == null) {
            channel.pipeline().addFirst(NAME, new Door());
        }
    }

    @PreDestroy
    synchronized void end() {
        if (sweep != null) {
            vertx.cancelTimer(sweep);
        }
    }

    /** Sees each connection before anything of it is read. */
    @Sharable
    private final class Door extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            if (message instanceof Channel channel && channel.remoteAddress() instanceof InetSocketAddress peer) {
                String address = peer.getAddress().getHostAddress();
                admit(
                        channel,
                        clients.isProxy(address) ? null : Clients.key(address).orElse(address));
            }
            super.channelRead(context, message);
        }
    }

    long now() {
        return ticker.getAsLong();
    }

    /** @param client null for a proxy */
    OpenConnection admit(Channel channel, String client) {
        var connection = new OpenConnection(this, channel, client, now());
        channel.pipeline().addFirst(NAME, connection);
        synchronized (this) {
            everybody.add(connection);
            if (everybody.size() > most) {
                slowest(everybody, 1).forEach(this::close);
            }
        }
        join(connection);
        return connection;
    }

    /** Counts it among those of its client. */
    synchronized void join(OpenConnection connection) {
        if (connection.client() == null) {
            return;
        }
        byClient.computeIfAbsent(connection.client(), c -> new LinkedHashSet<>())
                .add(connection);
        bound(connection);
    }

    /**
     * Holds its client to its bound, which is for connections that wait for the client. Newcomers are not among them: a
     * request that has arrived and not been read is not to be taken for one that drips, and a thousand may come at once.
     */
    synchronized void bound(OpenConnection connection) {
        Set<OpenConnection> theirs = connection.client() == null ? null : byClient.get(connection.client());
        if (theirs == null || theirs.size() <= perClient) {
            return;
        }
        List<OpenConnection> waiting = theirs.stream()
                .filter(one -> one.dispensable() && !one.isNewcomer())
                .toList();
        slowest(waiting, waiting.size() - perClient).forEach(this::close);
        if (theirs.size() > Math.max(2 * perClient, most / 2)) {
            theirs.stream()
                    .filter(OpenConnection::isNewcomer)
                    .findFirst()
                    .or(() -> slowest(theirs, 1).stream().findFirst())
                    .ifPresent(this::close);
        }
    }

    /**
     * Takes a place among its client's requests to leave that are worked on; empty where one client has so many that
     * others would find no thread.
     */
    Optional<WorkPlace> takeLeave(OpenConnection connection) {
        String client = connection.client();
        if (client == null) {
            return Optional.of(new WorkPlace(() -> {}));
        }
        synchronized (this) {
            if (leaving.getOrDefault(client, 0) >= MOST_LEAVING) {
                return Optional.empty();
            }
            leaving.merge(client, 1, Integer::sum);
        }
        var place = new WorkPlace(() -> hasLeft(client));
        connection.takes(place);
        return Optional.of(place);
    }

    private synchronized void hasLeft(String client) {
        leaving.computeIfPresent(client, (one, count) -> count == 1 ? null : count - 1);
    }

    /** Counts it no longer among those of its client. */
    synchronized void part(OpenConnection connection) {
        if (connection.client() == null) {
            return;
        }
        Set<OpenConnection> theirs = byClient.get(connection.client());
        if (theirs != null && theirs.remove(connection) && theirs.isEmpty()) {
            byClient.remove(connection.client());
        }
    }

    synchronized void gone(OpenConnection connection) {
        everybody.remove(connection);
        part(connection);
    }

    void close(OpenConnection connection) {
        gone(connection);
        connection.cut();
    }

    /** A connection as it was looked at, so that all are ranked by one moment. */
    private record Ranked(OpenConnection connection, double pace, long age) {}

    /** So many that may be closed: each time the slowest, then oldest, of those who have said nothing yet or of the others, whichever are more. */
    private List<OpenConnection> slowest(Collection<OpenConnection> of, int count) {
        if (count <= 0) {
            return List.of();
        }
        long now = now();
        Map<Boolean, Deque<Ranked>> bySaying = of.stream()
                .filter(OpenConnection::dispensable)
                .collect(Collectors.partitioningBy(
                        OpenConnection::isNew,
                        Collectors.collectingAndThen(
                                Collectors.mapping(
                                        one -> new Ranked(one, one.pace(now, PACE_NANOS), one.age(now)),
                                        Collectors.toList()),
                                OpenConnections::ranked)));
        Deque<Ranked> fresh = bySaying.get(true);
        Deque<Ranked> others = bySaying.get(false);
        var slowest = new ArrayList<OpenConnection>();
        while (slowest.size() < count && !(fresh.isEmpty() && others.isEmpty())) {
            slowest.add((fresh.size() > others.size() ? fresh : others).remove().connection());
        }
        return slowest;
    }

    private static Deque<Ranked> ranked(List<Ranked> some) {
        return some.stream()
                .sorted(Comparator.comparingDouble(Ranked::pace)
                        .thenComparing(Comparator.comparingLong(Ranked::age).reversed()))
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    /** Has each connection look at the time. */
    void check() {
        List<OpenConnection> present;
        synchronized (this) {
            present = List.copyOf(everybody);
        }
        long now = now();
        present.forEach(connection -> connection.checkSoon(now));
        holdAll();
    }

    /** Holds each client to its bound, for who was a newcomer by the last look may be one no longer. */
    private synchronized void holdAll() {
        List.copyOf(byClient.values())
                .forEach(theirs -> theirs.stream().findFirst().ifPresent(this::bound));
    }

    /** How many there are. */
    synchronized int count() {
        return everybody.size();
    }

    /** Takes a place among the requests that are worked on; empty where those left are for leaving and the health checks. */
    Optional<WorkPlace> takeRoom(OpenConnection connection) {
        if (working.incrementAndGet() > room) {
            working.decrementAndGet();
            return Optional.empty();
        }
        var place = new WorkPlace(working::decrementAndGet);
        connection.takes(place);
        return Optional.of(place);
    }
}
