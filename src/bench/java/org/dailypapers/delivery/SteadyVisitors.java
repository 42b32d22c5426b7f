package org.dailypapers.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** People who subscribe over HTTP one after the other, and remember whether they were answered with 200. */
final class SteadyVisitors implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int BETWEEN_MILLIS = 20;

    private final KillableService service;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    SteadyVisitors(KillableService service) {
        this.service = service;
        for (int i = 0; i < THREADS; i++) {
            threads.add(Thread.ofPlatform().start(this::come));
        }
    }

    /** Whom the service answered with 200. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** How many it answered otherwise, or not. */
    int refused() {
        return refused.get();
    }

    private void come() {
        try {
            while (!over) {
                String address = "visitor" + number.incrementAndGet() + "@example.test";
                if (service.post("/subscribe", Map.of("email", address))) {
                    acknowledged.add(address);
                } else {
                    refused.incrementAndGet();
                }
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
