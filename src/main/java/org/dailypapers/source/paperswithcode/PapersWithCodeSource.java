package org.dailypapers.source.paperswithcode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pause;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;

/** The papers whose repositories gain stars just now, over Papers with Code's interface; no key is needed. */
@ApplicationScoped
public class PapersWithCodeSource implements PaperSource {
    private static final ObjectReader JSON = JsonMapper.builder().build().reader();
    private static final String NAME = "paperswithcode";
    private static final String URL = "daily-papers.paperswithcode.url";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** The most that it gives, of papers that letters may still hold. */
    private static final String TRENDING = "/papers/trending?limit=100&max_age_days=14";

    private final SourceClient client;
    private final Clock clock;
    private final Rejections rejections;

    /** The source at the address that is set by {@code daily-papers.paperswithcode.url}. */
    @Inject
    public PapersWithCodeSource(PapersWithCodeSettings settings, UserAgent agent, Clock clock, Rejections rejections) {
        this(settings.url(), agent, clock, Thread::sleep, rejections);
    }

    PapersWithCodeSource(String url, UserAgent agent, Clock clock, Pause pause, Rejections rejections) {
        this.rejections = rejections;
        this.client = new SourceClient(
                new SourceClient.Server(NAME, URL, url, "application/json"),
                agent,
                clock,
                pause,
                Manners.within(ANSWER_WITHIN));
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** What trends at the moment, whatever the instant: there is no list of days before. */
    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        byte[] body = client.get(TRENDING).orElseThrow(() -> client.failure(TRENDING, "answered 404"));
        JsonNode list = read(body);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        List<PaperRecord> papers = new ArrayList<>();
        for (JsonNode item : list) {
            try {
                papers.add(TrendingItem.of(item, today));
            } catch (IllegalArgumentException unreadable) {
                rejections.note(NAME, unreadable.getMessage(), item.toString());
            }
        }
        return papers.stream();
    }

    void stop(@Observes ShutdownEvent event) {
        client.close();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private JsonNode read(byte[] body) throws SourceException {
        try {
            JsonNode list = JSON.readTree(body);
            if (list == null || !list.isArray()) {
                throw client.lie(TRENDING, "answered no JSON array", null);
            }
            if (list.isEmpty()) {
                throw client.lie(TRENDING, "lists nothing", null);
            }
            return list;
        } catch (JsonProcessingException rubbish) {
            throw client.lie(
                    TRENDING,
                    "answered JSON that cannot be read: " + Titles.oneLine(rubbish.getOriginalMessage()),
                    rubbish);
        } catch (IOException impossible) {
            throw client.lie(TRENDING, "cannot be read", impossible);
        }
    }
}
