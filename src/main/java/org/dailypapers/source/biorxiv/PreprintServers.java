package org.dailypapers.source.biorxiv;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceFamily;
import org.dailypapers.source.http.UserAgent;

/** The servers that the interface serves. */
@ApplicationScoped
class PreprintServers implements SourceFamily {

    private final List<PreprintSource> servers;

    PreprintServers(BiorxivSettings settings, UserAgent agent, Clock clock, Rejections rejections) {
        servers = List.of("biorxiv", "medrxiv").stream()
                .map(name -> new PreprintSource(name, settings.url(), agent, clock, Thread::sleep, rejections))
                .toList();
    }

    @Override
    public List<PaperSource> members() {
        return List.copyOf(servers);
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    @PreDestroy
    void close() {
        servers.forEach(PreprintSource::close);
    }
}
