package org.dailypapers.source.feed;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceFamily;
import org.dailypapers.source.http.PublicAddresses;
import org.dailypapers.source.http.UserAgent;

/** The feeds that the operator names, which are on by being named. */
@ApplicationScoped
class Feeds implements SourceFamily {

    private final List<FeedSource> feeds;

    Feeds(FeedSettings settings, UserAgent agent, Clock clock, Rejections rejections) {
        var addresses = new PublicAddresses(settings.privateHosts().orElse(List.of()).stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()));
        feeds = settings.feeds().map(FeedList::feeds).orElse(List.of()).stream()
                .map(feed -> new FeedSource(feed, addresses, agent, clock, Thread::sleep, rejections))
                .toList();
    }

    @Override
    public List<PaperSource> members() {
        return List.copyOf(feeds);
    }

    @Override
    public boolean namedElsewhere() {
        return true;
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    @PreDestroy
    void close() {
        feeds.forEach(FeedSource::close);
    }
}
