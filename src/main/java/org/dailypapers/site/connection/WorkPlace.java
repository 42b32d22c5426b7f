package org.dailypapers.site.connection;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's place among those that are worked on. It is given back once: with the answer or the end of the connection, or,
 * where a thread has the request, when that thread is done, which may be long after the client has hung up.
 */
final class WorkPlace {

    private static final String KEY = WorkPlace.class.getName();

    private final Runnable giveBack;
    private final AtomicBoolean held = new AtomicBoolean(true);
    private volatile boolean atWork;

    WorkPlace(Runnable giveBack) {
        this.giveBack = giveBack;
    }

    void belongsTo(RoutingContext request) {
        request.put(KEY, this);
    }

    static Optional<WorkPlace> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }

    /** A thread takes the request, and will say when it is done. */
    void workBegins() {
        atWork = true;
    }

    void workEnds() {
        if (held.compareAndSet(true, false)) {
            giveBack.run();
        }
    }

    /** The answer begins, or nobody waits for one any more. */
    void answered() {
        if (!atWork) {
            workEnds();
        }
    }
}
