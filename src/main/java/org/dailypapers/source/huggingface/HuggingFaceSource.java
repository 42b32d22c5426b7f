package org.dailypapers.source.huggingface;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pause;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;
import org.jboss.logging.Logger;

/** Hugging Face's Daily Papers, over its public interface; no key is needed. */
@ApplicationScoped
public class HuggingFaceSource implements PaperSource {
    private static final Logger LOG = Logger.getLogger(HuggingFaceSource.class);
    private static final String NAME = "huggingface";
    private static final String URL = "daily-papers.huggingface.url";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final LocalDate FIRST_EDITION = LocalDate.of(2023, 5, 4);

    private static final int MOST_ONE_BY_ONE = 30;

    /** Fourteen editions, and some days for a closing that comes late. */
    private static final int VOTES_DAYS = 18;

    private final SourceClient client;
    private final Clock clock;
    private final Rejections rejections;

    /** The source at this address, which is set by {@code daily-papers.huggingface.url}. */
    @Inject
    public HuggingFaceSource(HuggingFaceSettings settings, UserAgent agent, Clock clock, Rejections rejections) {
        this(settings.url(), agent, clock, Thread::sleep, ANSWER_WITHIN, rejections);
    }

    HuggingFaceSource(
            String url, UserAgent agent, Clock clock, Pause pause, Duration answerWithin, Rejections rejections) {
        this.rejections = rejections;
        this.client = new SourceClient(
                new SourceClient.Server(NAME, URL, url, "application/json"),
                agent,
                clock,
                pause,
                Manners.within(answerWithin));
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The papers of the days since the instant, to today in UTC; one listed before stays in where the day brings it. */
    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        return listing(LocalDate.ofInstant(since, ZoneOffset.UTC), LocalDate.MAX);
    }

    @Override
    public Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        return listing(from, to).filter(paper -> paper.listedWithin(from, to));
    }

    /**
     * The votes of the papers: a few are asked for one by one, many are read from the listings of the last weeks, which
     * takes some twenty requests where one for each paper would exceed the interface's limit.
     */
    @Override
    public Map<PaperId, Votes> votes(Collection<PaperId> ids) {
        var wanted = new LinkedHashSet<PaperId>();
        ids.stream().filter(PaperId::isArxiv).forEach(wanted::add);
        Map<PaperId, Votes> votes = new HashMap<>();
        // An outage is told once, by the fetch that met it.
        Logger.Level level = client.failing() ? Logger.Level.DEBUG : Logger.Level.WARN;
        try {
            if (wanted.size() > MOST_ONE_BY_ONE) {
                votesOfListings(wanted, votes);
            } else {
                for (PaperId id : wanted) {
                    votesOf(id).ifPresent(found -> votes.put(id, found));
                }
            }
        } catch (SourceException | SourceException.WhileStreaming failure) {
            LOG.logf(
                    level,
                    "huggingface: votes of %d papers are not read again: %s",
                    wanted.size() - votes.size(),
                    failure.getMessage());
        }
        return votes;
    }

    private void votesOfListings(Set<PaperId> wanted, Map<PaperId, Votes> votes) throws SourceException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try (Stream<PaperRecord> listed = listing(today.minusDays(VOTES_DAYS), today)) {
            listed.filter(p -> p.votes() != null && wanted.contains(p.id()))
                    .forEach(p -> votes.put(p.id(), new Votes(p.votes(), p.comments(), p.stars())));
        }
    }

    @Override
    public Optional<Instant> time() {
        try {
            return client.time("/api/daily_papers?limit=1");
        } catch (SourceException none) {
            return Optional.empty();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        client.close();
    }

    @PreDestroy
    void close() {
        client.close();
    }

    private Stream<PaperRecord> listing(LocalDate from, LocalDate to) throws SourceException {
        // A day that has not begun in UTC is answered with 400.
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        DailyListing listing = new DailyListing(
                client,
                from.isBefore(FIRST_EDITION) ? FIRST_EDITION : from,
                to.isAfter(today) ? today : to,
                rejections);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(listing, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(listing::stop);
    }

    @Override
    public boolean finds(PaperId id) {
        return id.isArxiv();
    }

    @Override
    public Optional<PaperRecord> find(PaperId id) throws SourceException {
        return finds(id) ? record(id) : Optional.empty();
    }

    private Optional<Votes> votesOf(PaperId id) throws SourceException {
        return record(id)
                .filter(paper -> paper.votes() != null)
                .map(paper -> new Votes(paper.votes(), paper.comments(), paper.stars()));
    }

    private Optional<PaperRecord> record(PaperId id) throws SourceException {
        String path = "/api/papers/" + id;
        Optional<byte[]> body = client.get(path);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        try {
            var read = new ArrayList<PaperRecord>();
            HuggingFaceItems.read(
                    new ByteArrayInputStream(body.get()),
                    (item, position) -> read.add(HuggingFaceRecords.of(item, null)));
            return read.stream().findFirst();
        } catch (IllegalArgumentException unreadable) {
            LOG.warnf("huggingface: %s cannot be read: %s", id, unreadable.getMessage());
            return Optional.empty();
        } catch (IOException rubbish) {
            throw client.lie(path, "answered JSON that cannot be read: " + rubbish.getMessage(), rubbish);
        }
    }
}
