package org.dailypapers.site.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection to the web server, and how far its request has come. It stands first in the channel, so it sees what really
 * arrives and leaves, under TLS too.
 */
final class OpenConnection extends ChannelDuplexHandler {

    /** For a request, head and body, from its first byte on. A form of 2 kB passes at 40 bytes a second. */
    static final long REQUEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Without a request. Longer than the 60 s after which nginx itself closes what it keeps, so that it is not surprised. */
    static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(75);

    /** Until what has been written by one moment is taken. */
    static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** So long whoever comes has to say something, and an answer to leave; longer where the event loop is late. */
    static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** So long an answer has between being written and being handed to the system; the loop may be late. */
    private static final long LEAVING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Of further requests before the first is answered. No browser sends any. */
    private static final int MOST_EARLY_BYTES = 64 * 1024;

    private static final AttributeKey<OpenConnection> KEY = AttributeKey.valueOf(OpenConnection.class.getName());

    private enum Phase {
        QUIET,
        RECEIVING,
        /** Its request has been read, and nothing of the answer has been written. */
        WORKING,
        ANSWERING
    }

    private final OpenConnections all;
    private final Channel channel;
    private final boolean proxy;
    private volatile WorkPlace place;
    private volatile String client;
    private volatile Phase phase = Phase.QUIET;
    private volatile long since;
    private volatile long moved;
    private volatile boolean looked;
    private volatile int turn;
    private volatile boolean patient;
    private volatile Runnable overdue;
    private volatile boolean cut;
    /** Whole requests pass from their first byte to {@link #received} while this is set; nobody closes them in between. */
    private volatile boolean reading;

    private int early;
    private long written;
    private long taken;
    private long mark;
    private long markedAt;
    private volatile ChannelHandlerContext context;

    /** @param client null for a proxy, which speaks for many */
    OpenConnection(OpenConnections all, Channel channel, String client, long now) {
        this.all = all;
        this.channel = channel;
        this.client = client;
        proxy = client == null;
        since = now;
        markedAt = now;
        channel.attr(KEY).set(this);
    }

    static Optional<OpenConnection> of(HttpServerRequest request) {
        return Optional.ofNullable(
                ((ConnectionBase) request.connection()).channel().attr(KEY).get());
    }

    /** Null while it speaks for nobody. */
    String client() {
        return client;
    }

    boolean speaksForMany() {
        return proxy;
    }

    /**
     * What may be closed to make room: neither what is just being read, nor a request that is being worked on, nor an
     * answer before it waits to be read.
     */
    boolean dispensable() {
        return switch (phase) {
            case QUIET -> !reading && (unread() == 0 || !isLeaving());
            case RECEIVING -> !reading;
            case WORKING -> false;
            case ANSWERING -> unread() > 0 && !isLeaving();
        };
    }

    private boolean isLeaving() {
        return age(all.now()) <= LEAVING_NANOS;
    }

    private long unread() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /** Has just come and may have said something that nobody has read yet. */
    boolean isNewcomer() {
        return phase == Phase.QUIET && turn == 0 && !looked;
    }

    /** Nanoseconds since the present phase began. */
    long age(long now) {
        return Math.max(now - since, 1);
    }

    /** True for one that has just begun its phase, and of which nothing has moved in it. */
    boolean isNew() {
        return moved == 0 && !looked;
    }

    /** Bytes a nanosecond since the present phase began, or in the given time where that is longer. */
    double pace(long now, long atLeast) {
        return (double) moved / Math.max(age(now), atLeast);
    }

    private void enter(Phase next) {
        since = all.now();
        moved = 0;
        looked = false;
        phase = next;
    }

    /**
     * The head of a request is there.
     *
     * @param speaksFor the client behind a proxy; null where it is not known
     * @param takesLong whether its answer may take as long as it likes
     * @return the request's number; 0 where the connection is no good
     */
    int begin(String speaksFor, boolean takesLong) {
        if (!channel.isWritable()) {
            // Whoever does not read one answer is not given another.
            all.close(this);
            return 0;
        }
        if (phase != Phase.RECEIVING) {
            enter(Phase.RECEIVING);
        }
        early = 0;
        patient = takesLong;
        if (proxy && speaksFor != null) {
            client = speaksFor;
            all.join(this);
        }
        return ++turn;
    }

    /** What to do, in the event loop, where the body does not come in time; else the line is just cut. */
    void whenOverdue(Runnable say) {
        overdue = say;
    }

    /** The whole request is there. */
    void received() {
        overdue = null;
        enter(Phase.WORKING);
    }

    /** Notes the place that the request at hand has taken among those worked on. */
    void takes(WorkPlace taken) {
        place = taken;
    }

    /** The answer begins. */
    void answering(int request) {
        leaveRoom();
        if (request == turn && !patient) {
            enter(Phase.ANSWERING);
        }
    }

    /** The answer is complete, though not all of it may have left. */
    void answered(int request) {
        leaveRoom();
        if (request == turn) {
            overdue = null;
            patient = false;
            enter(Phase.QUIET);
            if (proxy) {
                all.part(this);
                client = null;
            }
        }
    }

    private void leaveRoom() {
        WorkPlace left = place;
        if (left != null) {
            left.answered();
        }
    }

    /** Looks at the time. */
    void checkSoon(long now) {
        if (channel.isRegistered()) {
            channel.eventLoop().execute(() -> check(now));
        }
    }

    private void check(long now) {
        boolean first = !looked;
        // What had arrived has been read before: this thread reads first.
        looked |= age(now) > GRACE_NANOS;
        if (!channel.isActive() || patient) {
            return;
        }
        if (isStuck(now, first) || phase == Phase.QUIET && !proxy && age(now) > QUIET_NANOS) {
            all.close(this);
        } else if (phase == Phase.RECEIVING && age(now) > REQUEST_NANOS) {
            Runnable say = overdue;
            overdue = null;
            if (say == null) {
                all.close(this);
            } else {
                say.run();
            }
        }
    }

    private boolean isStuck(long now, boolean first) {
        long before = taken;
        taken = written - Math.min(unread(), written);
        // What was taken at first has only gone into the system's own buffers.
        if (phase == Phase.ANSWERING && !first) {
            moved += Math.max(taken - before, 0);
        }
        if (taken >= mark) {
            mark = written;
            markedAt = now;
        }
        return taken < mark && now - markedAt > UNREAD_NANOS;
    }

    /** Closes it at once, whatever still waits to be written. */
    void cut() {
        cut = true;
        if (channel.isRegistered()) {
            // From here and not from the channel's end, where it would wait for what is unread.
            channel.eventLoop().execute(() -> context.close());
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext from) throws Exception {
        if (cut) {
            from.close();
        } else {
            super.channelActive(from);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) throws Exception {
        boolean newcomer = isNewcomer();
        reading = true;
        try {
            take(from, message);
        } finally {
            reading = false;
        }
        if (newcomer) {
            all.bound(this);
        }
    }

    private void take(ChannelHandlerContext from, Object message) throws Exception {
        int bytes = message instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
        if (phase == Phase.QUIET) {
            enter(Phase.RECEIVING);
        }
        if (phase == Phase.RECEIVING) {
            moved += bytes;
        } else {
            early += bytes;
            if (early > MOST_EARLY_BYTES) {
                ReferenceCountUtil.release(message);
                all.close(this);
                return;
            }
        }
        super.channelRead(from, message);
    }

    @Override
    public void write(ChannelHandlerContext from, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf buffer) {
            written += buffer.readableBytes();
        } else if (message instanceof FileRegion file) {
            written += file.count();
        }
        super.write(from, message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) throws Exception {
        all.gone(this);
        leaveRoom();
        super.channelInactive(from);
    }
}
