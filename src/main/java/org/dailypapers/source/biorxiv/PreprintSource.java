package org.dailypapers.source.biorxiv;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pause;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;

/** The preprints of bioRxiv or of medRxiv, which have one interface; no key is needed. */
final class PreprintSource implements PaperSource {
    private static final String URL = "daily-papers.biorxiv.url";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** A day's list grows for a while after its date. */
    private static final int GROWS_DAYS = 2;

    private final String name;
    private final SourceClient client;
    private final Clock clock;
    private final Rejections rejections;

    /** @param name of the server, as the interface calls it */
    PreprintSource(String name, String url, UserAgent agent, Clock clock, Pause pause, Rejections rejections) {
        this.rejections = rejections;
        this.name = name;
        this.client = new SourceClient(
                new SourceClient.Server(name, URL, url, "application/json"),
                agent,
                clock,
                pause,
                Manners.within(ANSWER_WITHIN));
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        return listing(LocalDate.ofInstant(since, ZoneOffset.UTC).minusDays(GROWS_DAYS), today());
    }

    @Override
    public Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        return listing(from, to.isAfter(today()) ? today() : to);
    }

    @Override
    public Optional<Instant> time() {
        try {
            return client.time("/details/" + name + "/" + today() + "/" + today() + "/0/json");
        } catch (SourceException none) {
            return Optional.empty();
        }
    }

    void close() {
        client.close();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Stream<PaperRecord> listing(LocalDate from, LocalDate to) throws SourceException {
        var listing = new PreprintListing(client, name, from, to, rejections);
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(listing, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(listing::stop);
    }
}
