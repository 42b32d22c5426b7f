package org.dailypapers;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * People who read pages, so many a second whether or not the ones before were answered: a slow answer makes nobody come
 * later, and each is timed from when it was due.
 */
public final class PageLoad implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The latencies that are told apart, in milliseconds. */
    private static final int LONGEST = (int) PATIENCE.toMillis() + 1_000;

    private final List<URI> pages;
    private final Map<String, String> headers;
    private final long betweenNanos;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final AtomicLongArray answered = new AtomicLongArray(LONGEST + 1);
    private final AtomicInteger failed = new AtomicInteger();
    private final Thread thread = Thread.ofPlatform().name("page-load").unstarted(this::come);
    private volatile boolean over;
    private int asked;

    public PageLoad(List<URI> pages, int perSecond) {
        this(pages, perSecond, Map.of());
    }

    /** @param headers of each request */
    public PageLoad(List<URI> pages, int perSecond, Map<String, String> headers) {
        this.pages = pages;
        this.headers = Map.copyOf(headers);
        betweenNanos = 1_000_000_000L / perSecond;
        thread.start();
    }

    private void come() {
        long due = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(due - System.nanoTime());
            if (System.nanoTime() >= due) {
                ask(pages.get(asked++ % pages.size()), due);
                due += betweenNanos;
            }
        }
    }

    private void ask(URI page, long due) {
        HttpRequest.Builder request = HttpRequest.newBuilder(page).timeout(PATIENCE);
        headers.forEach(request::header);
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, failure) -> {
                    if (failure != null || response.statusCode() != 200) {
                        failed.incrementAndGet();
                    }
                    long millis = (System.nanoTime() - due) / 1_000_000;
                    answered.incrementAndGet((int) Math.clamp(millis, 0, LONGEST));
                });
    }

    /** How many were answered, well or not. */
    public long count() {
        return counts().sum();
    }

    /** How many were answered with an error, or not within half a minute. */
    public int failed() {
        return failed.get();
    }

    /** What that share of them was answered within, in milliseconds; those that failed included. */
    public int within(double share) {
        long[] counts = counts().toArray();
        long wanted = (long) Math.ceil(share * Arrays.stream(counts).sum());
        int millis = 0;
        for (long sum = counts[0]; sum < wanted && millis < LONGEST; ) {
            sum += counts[++millis];
        }
        return millis;
    }

    private LongStream counts() {
        return IntStream.rangeClosed(0, LONGEST).mapToLong(answered::get);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        thread.join();
    }
}
