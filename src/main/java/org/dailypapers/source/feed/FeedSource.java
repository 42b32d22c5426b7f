package org.dailypapers.source.feed;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pause;
import org.dailypapers.source.http.PublicAddresses;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;
import org.jspecify.annotations.Nullable;

/**
 * One feed. It lists what it holds at the moment, whatever was asked: what a feed drops between two readings is lost, and
 * what it shows late bears its old date.
 */
final class FeedSource implements PaperSource {
    private static final String SETTING = "daily-papers.feeds";
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final String ACCEPT =
            "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.8";

    /** An item may enter a feed some days after its date; older ones were there before the feed was first read. */
    private static final int LATE_DAYS = 6;

    /** So long before the first day that is asked for: in no letter's reach. */
    private static final int UNDATED_DAYS = 31;

    private final String name;
    private final URI address;
    private final String path;
    private final SourceClient client;
    private final Rejections rejections;
    private final Clock clock;

    FeedSource(
            FeedList.Feed feed,
            PublicAddresses addresses,
            UserAgent agent,
            Clock clock,
            Pause pause,
            Rejections rejections) {
        this.rejections = rejections;
        this.clock = clock;
        this.name = feed.name();
        this.address = feed.address();
        this.path = (address.getRawPath().isEmpty() ? "/" : address.getRawPath())
                + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        this.client = new SourceClient(
                new SourceClient.Server(name, SETTING, address.getScheme() + "://" + address.getRawAuthority(), ACCEPT),
                agent,
                clock,
                pause,
                Manners.within(ANSWER_WITHIN),
                Optional.of(addresses));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        LocalDate from = LocalDate.ofInstant(since, ZoneOffset.UTC).minusDays(LATE_DAYS);
        return read(null).stream()
                .filter(paper -> paper.listed() == null || !paper.listed().isBefore(from));
    }

    /** What bears no date may have stood there for years; at the first reading, or among past days, it is no news. */
    @Override
    public Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        return read(from.minusDays(UNDATED_DAYS)).stream()
                .filter(paper -> paper.published() == null || paper.listedWithin(from, to));
    }

    void close() {
        client.close();
    }

    /** @param undated what those are listed under that bear no date; null for the day on which they are read */
    private List<PaperRecord> read(@Nullable LocalDate undated) throws SourceException {
        byte[] body = client.get(path).orElseThrow(() -> client.failure(path, "answered 404"));
        try {
            return FeedItems.read(
                    name,
                    address,
                    body,
                    new FeedRecords.Dates(clock.instant().plus(Duration.ofDays(1)), undated),
                    rejections);
        } catch (IllegalArgumentException unreadable) {
            throw client.lie(path, unreadable.getMessage(), unreadable);
        }
    }
}
