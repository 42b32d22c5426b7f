package org.dailypapers.source.arxiv;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.Rejections;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pause;
import org.dailypapers.source.http.SharedPace;
import org.dailypapers.source.http.SourceClient;
import org.dailypapers.source.http.UserAgent;
import org.jboss.logging.Logger;

/**
 * arXiv, as one source that follows the day: its feeds bring the batch of the day, each time they are asked; a harvest
 * each night closes what they left out and brings changes and withdrawals; its search is asked for days long past alone.
 */
@ApplicationScoped
public class ArxivSource implements PaperSource {
    private static final Logger LOG = Logger.getLogger(ArxivSource.class);
    static final String NAME = "arxiv";

    /** Days as far back as this are harvested; those before are searched for. */
    private static final int HARVESTED_DAYS = 31;

    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(3);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Refusals come after two minutes at times. */
    private static final Duration HEAD = Duration.ofSeconds(150);

    private static final Duration WHOLE = Duration.ofSeconds(170);

    /** Several times a page of 2,500 records. */
    private static final int LARGEST = 64 << 20;

    private final ArxivCategories categories;
    private final ArxivCalendar calendar;
    private final Bookmark bookmark;
    private final Clock clock;
    private final Rejections rejections;
    private final SourceClient feeds;
    private final SourceClient harvests;
    private final SourceClient search;
    private volatile DayBatch batch;
    private volatile List<Harvest> harvesting = List.of();

    /** The source with the addresses of the settings. */
    @Inject
    public ArxivSource(
            ArxivSettings settings,
            ArxivCalendar calendar,
            SourceStandings standings,
            UserAgent agent,
            Clock clock,
            Rejections rejections) {
        this(settings, calendar, standings, agent, clock, Thread::sleep, rejections);
    }

    /** The source with a wait that a test can shorten. */
    public ArxivSource(
            ArxivSettings settings,
            ArxivCalendar calendar,
            SourceStandings standings,
            UserAgent agent,
            Clock clock,
            Pause pause,
            Rejections rejections) {
        this(
                settings,
                calendar,
                new Bookmark() {
                    @Override
                    public Optional<String> read() {
                        return standings.bookmark(NAME);
                    }

                    @Override
                    public void write(String note) {
                        standings.bookmark(NAME, note);
                    }
                },
                agent,
                clock,
                pause,
                new Manners(
                        CONNECT, HEAD, WHOLE, LARGEST, true, new SharedPace(standings, NAME, BETWEEN_REQUESTS, pause)),
                rejections);
    }

    ArxivSource(
            ArxivSettings settings,
            ArxivCalendar calendar,
            Bookmark bookmark,
            UserAgent agent,
            Clock clock,
            Pause pause,
            Manners manners,
            Rejections rejections) {
        this.rejections = rejections;
        this.categories = settings.arxiv();
        this.calendar = calendar;
        this.bookmark = bookmark;
        this.clock = clock;
        this.feeds =
                client("daily-papers.arxiv-rss", settings.arxivRss(), "application/rss+xml", agent, pause, manners);
        this.harvests = client("daily-papers.arxiv-oai", settings.arxivOai(), "text/xml", agent, pause, manners);
        this.search =
                client("daily-papers.arxiv-api", settings.arxivApi(), "application/atom+xml", agent, pause, manners);
        this.batch = new DayBatch(feeds, categories, calendar, clock, rejections);
    }

    private SourceClient client(
            String setting, String base, String accept, UserAgent agent, Pause pause, Manners manners) {
        return new SourceClient(new SourceClient.Server(NAME, setting, base, accept), agent, clock, pause, manners);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The batch of the day, and the changes since the last harvest if there may be new ones. */
    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        Instant now = clock.instant();
        Instant due = calendar.newestChanges(now);
        Marks marks = marks();
        harvesting = harvests(LocalDate.ofInstant(since, ZoneOffset.UTC), marks, category -> marks.of(category)
                .map(Marks.Mark::harvested)
                .filter(harvested -> !harvested.isBefore(due) && !harvested.isAfter(now))
                .isEmpty());
        return news();
    }

    /** Of days that are not long past what was announced since; else what was submitted on them, by the search. */
    @Override
    public Stream<PaperRecord> fetch(LocalDate from, LocalDate to) throws SourceException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (to.isBefore(today.minusDays(1)) || from.isBefore(today.minusDays(HARVESTED_DAYS))) {
            harvesting = List.of();
            batch.again();
            return stream(List.of(new Backfill(search, categories, from, to, rejections)));
        }
        // What an operator asks for moves no mark: what lies between it and these days would never come as news.
        Marks marks = marks();
        List<Harvest> all = harvests(from, Marks.read(Optional.empty()), category -> true);
        harvesting = all.stream()
                .filter(harvest -> marks.of(harvest.category()).isEmpty())
                .toList();
        var questions = new ArrayList<Reading.Question>();
        if (!to.isBefore(today)) {
            questions.add(batch.again());
        }
        questions.addAll(all);
        return stream(questions).filter(paper -> paper.listedWithin(from, to));
    }

    /** From where each was read to, or from the date where it never was: a later date would leave a gap. */
    private List<Harvest> harvests(LocalDate from, Marks marks, Predicate<ArxivCategory> due) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate earliest = today.minusDays(HARVESTED_DAYS);
        var all = new ArrayList<Harvest>();
        for (ArxivCategory category : categories.all()) {
            if (!due.test(category)) {
                continue;
            }
            LocalDate since = marks.of(category)
                    .map(Marks.Mark::from)
                    .filter(mark -> !mark.isAfter(today))
                    .orElse(from);
            if (since.isBefore(earliest)) {
                LOG.warnf(
                        "arxiv: what was announced in %s before %s is not fetched by itself; do it by hand with:"
                                + " ingest --source=arxiv --since=%s --until=%s",
                        category, earliest, since, earliest.minusDays(1));
                since = earliest;
            }
            all.add(new Harvest(harvests, category, since, clock, rejections));
        }
        return all;
    }

    private Stream<PaperRecord> news() throws SourceException {
        var questions = new ArrayList<Reading.Question>();
        questions.add(batch.again());
        questions.addAll(harvesting);
        return stream(questions);
    }

    private Stream<PaperRecord> stream(List<? extends Reading.Question> questions) throws SourceException {
        Reading reading;
        try {
            reading = new Reading(questions);
        } catch (SourceException nothing) {
            // What was read to its end all the same brought no papers that are still to be stored.
            stored();
            throw nothing;
        }
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(reading, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(reading::stop);
    }

    @Override
    public boolean finds(PaperId id) {
        return id.isArxiv();
    }

    /** By a harvest of one record, which answers when the search does not. */
    @Override
    public Optional<PaperRecord> find(PaperId id) throws SourceException {
        return finds(id) ? Harvest.one(harvests, id) : Optional.empty();
    }

    private Marks marks() {
        return Marks.read(bookmark.read());
    }

    @Override
    public void stored() {
        batch.stored();
        List<Harvest> complete = harvesting.stream().filter(Harvest::complete).toList();
        harvesting = List.of();
        if (!complete.isEmpty()) {
            Marks marks = marks();
            for (Harvest harvest : complete) {
                marks = marks.with(harvest.category(), harvest.mark());
            }
            bookmark.write(marks.toString());
        }
    }

    @Override
    public boolean expects(LocalDate day) {
        return !calendar.quiet(day);
    }

    @Override
    public Optional<String> quiet(LocalDate day) {
        return calendar.quiet(day) ? Optional.of("arXiv") : Optional.empty();
    }

    void stop(@Observes ShutdownEvent event) {
        close();
    }

    /** Breaks off what is being asked. */
    @PreDestroy
    public void close() {
        feeds.close();
        harvests.close();
        search.close();
    }
}
