package org.dailypapers.thumbnail;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.dailypapers.paper.Revisions;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pace;
import org.dailypapers.source.http.PublicAddresses;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Fetches pictures, one after the other, in a thread of its own: no page, no letter and no step of the day waits for one. */
@ApplicationScoped
public class ThumbnailFetch {

    private static final Logger LOG = Logger.getLogger(ThumbnailFetch.class);
    private static final String ACCEPT = "image/png, image/jpeg, image/gif";
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration WHOLE = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final int LARGEST = 12 << 20;
    private static final Manners MANNERS = new Manners(CONNECT, WHOLE, WHOLE, LARGEST, true, Pace.FREE);
    private static final int AT_ONCE = 20;

    private final Thumbnails thumbnails;
    private final Revisions revisions;
    private final UserAgent agent;
    private final Clock clock;
    private final PublicAddresses addresses;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean stopping;
    private long lookedAt = -1;
    private long again = System.nanoTime();

    ThumbnailFetch(
            Thumbnails thumbnails, Revisions revisions, ThumbnailSettings settings, UserAgent agent, Clock clock) {
        this.thumbnails = thumbnails;
        this.revisions = revisions;
        this.agent = agent;
        this.clock = clock;
        addresses = new PublicAddresses(settings.privateHosts().orElse(List.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
    }

    /** Begins to fetch what is wanted, where anything has changed since that was looked up; one round at a time. */
    public void begin() {
        if (thumbnails.isOn() && running.compareAndSet(false, true)) {
            // Reading pictures is work, for which virtual threads are not.
            Thread.ofPlatform().daemon().name("thumbnails").start(() -> {
                try {
                    look();
                } catch (RuntimeException broken) {
                    LOG.debug("The thumbnails are fetched later", broken);
                } finally {
                    running.set(false);
                }
            });
        }
    }

    private void look() {
        long newest = revisions.newest();
        if (newest != lookedAt || System.nanoTime() - again >= 0) {
            round();
            lookedAt = newest;
            again = System.nanoTime() + Thumbnails.AFTER_FAILURE.toNanos();
        }
    }

    /** Fetches until nothing is wanted; how many are shown from now on. */
    int round() {
        int fetched = 0;
        int failed = 0;
        Set<Thumbnails.Wanted> tried = new HashSet<>();
        List<Thumbnails.Wanted> wanted;
        while (!stopping && !(wanted = thumbnails.wanted(AT_ONCE)).isEmpty() && tried.addAll(wanted)) {
            for (Thumbnails.Wanted each : wanted) {
                if (!stopping && thumbnails.take(each)) {
                    Thumbnail thumbnail = fetch(each);
                    if (thumbnail == null) {
                        failed++;
                    } else {
                        // One at a time: what was fetched is not lost with what comes after it, and one row is locked.
                        thumbnails.keep(new Thumbnails.Made(each, thumbnail));
                        fetched++;
                    }
                }
            }
        }
        if (fetched + failed > 0) {
            LOG.infof("Pictures of papers: %d fetched, %d could not be had", fetched, failed);
        }
        return fetched;
    }

    private @Nullable Thumbnail fetch(Thumbnails.Wanted wanted) {
        try {
            URI address = URI.create(wanted.address());
            var server = new SourceClient.Server(
                    "thumbnails",
                    "daily-papers.thumbnails",
                    address.getScheme() + "://" + address.getRawAuthority(),
                    ACCEPT);
            String path = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
            try (var client = new SourceClient(server, agent, clock, Thread::sleep, MANNERS, Optional.of(addresses))) {
                Optional<byte[]> file = client.get(path);
                Thread.sleep(BETWEEN);
                return file.isPresent() ? Thumbnail.of(file.get()) : null;
            }
        } catch (SourceException | IOException | IllegalArgumentException unreadable) {
            LOG.debugf("A paper stays without a thumbnail: %s: %s", wanted.address(), unreadable.getMessage());
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }
}
