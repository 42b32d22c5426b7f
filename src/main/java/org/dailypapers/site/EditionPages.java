package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.PaperSearch;
import org.dailypapers.matching.SearchResult;
import org.dailypapers.matching.TopicPapers;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.source.Ingest;

/** The papers: an edition, a search, a topic, one paper. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EditionPages {

    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final LocalDate EARLIEST = LocalDate.of(1991, 1, 1);
    private static final int PAGE = 20;
    private static final int MOST_PAGES = 50;

    /** Of the pages that are kept: some fifty of editions of a thousand papers. */
    private static final int MOST_CHARACTERS = 32 << 20;

    /** A change that was committed after a later one is seen so late. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Editions editions;
    private final Papers papers;
    private final Topics topics;
    private final TopicPapers topicPapers;
    private final PaperSearch search;
    private final EditionCalendar calendar;

    /** The pages of editions as they were shown last. */
    private final Cache<EditionState, String> known = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((EditionState edition, String page) -> page.length())
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    EditionPages(
            Editions editions,
            Papers papers,
            Topics topics,
            TopicPapers topicPapers,
            PaperSearch search,
            EditionCalendar calendar) {
        this.editions = editions;
        this.papers = papers;
        this.topics = topics;
        this.topicPapers = topicPapers;
        this.search = search;
        this.calendar = calendar;
    }

    /** Papers of an edition under one topic. */
    public record Section(String name, String slug, List<PaperCard> papers) {}

    /**
     * An edition, or several together.
     *
     * @param before address of the ones before; null where there are none
     * @param after address of the ones after; null where there are none
     */
    public record EditionView(
            String heading,
            String date,
            String period,
            String before,
            String after,
            List<PaperCard> voted,
            List<Section> rest,
            int count,
            boolean open,
            boolean sample) {}

    /** What a search or a topic found. */
    public record ListView(
            String heading,
            String about,
            String query,
            String fault,
            long total,
            List<PaperCard> papers,
            String before,
            String after) {}

    /** One paper. */
    public record PaperView(
            PaperCard card,
            String id,
            String summary,
            List<String> authors,
            int unnamed,
            List<String> categories,
            List<String> keywords,
            String read,
            String readName,
            String code,
            Integer stars,
            String project,
            String doi,
            String note,
            String edition,
            String editionPage) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance edition(EditionView view);

        static native TemplateInstance list(ListView view);

        static native TemplateInstance paper(PaperView view);

        static native TemplateInstance topics(Map<String, List<Topic>> groups);

        private Templates() {}
    }

    @GET
    @Transactional
    public Response home() {
        LocalDate date = editions.newestWithPapers(calendar.today()).orElse(calendar.today());
        return edition(date, Period.DAY);
    }

    /** An edition by its date, or a search. */
    @GET
    @Path("papers")
    @Transactional
    public Response papers(
            @QueryParam("date") String date,
            @QueryParam("period") String period,
            @QueryParam("q") String query,
            @QueryParam("page") String page,
            @Context UriInfo uri) {
        // An empty q is a search too; it arrives as null.
        if (uri.getQueryParameters().containsKey("q")) {
            return Html.ok(search(query == null ? "" : query, page));
        }
        LocalDate day =
                date == null ? editions.newestWithPapers(calendar.today()).orElse(calendar.today()) : date(date);
        return edition(day, Period.of(period));
    }

    /** What an edition page spans. */
    private enum Period {
        DAY(1),
        WEEK(7),
        MONTH(30);

        private final int days;

        Period(int days) {
            this.days = days;
        }

        static Period of(String name) {
            if (name == null) {
                return DAY;
            }
            for (Period period : values()) {
                if (period.id().equals(name)) {
                    return period;
                }
            }
            throw new BadRequestException("A period is day, week or month.");
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(EARLIEST) && !date.isAfter(calendar.today().plusDays(1))) {
                return date;
            }
        } catch (DateTimeParseException e) {
            throw new BadRequestException("A date is written like " + calendar.today() + ".");
        }
        throw new BadRequestException("There are editions from " + EARLIEST + " to " + calendar.today() + ".");
    }

    /** Everything that an edition's page depends on. */
    private record EditionState(
            LocalDate date,
            Period period,
            boolean open,
            String before,
            String after,
            boolean sample,
            Editions.Stamp stamp) {}

    /** The page, which thousands of people see before it changes. */
    private Response edition(LocalDate date, Period period) {
        LocalDate first = date.minusDays(period.days - 1L);
        var edition = new EditionState(
                date,
                period,
                editions.find(date).map(e -> !e.closed()).orElse(!calendar.mayClose(date)),
                editions.newestWithPapers(first.minusDays(1))
                        .map(d -> address(d, period))
                        .orElse(null),
                editions.after(date).map(d -> address(after(d, period), period)).orElse(null),
                papers.countFrom(Ingest.SAMPLE) > 0,
                editions.stamp(first, date));
        String page = known.getIfPresent(edition);
        if (page == null) {
            page = Templates.edition(view(edition)).render();
            known.put(edition, page);
        }
        return Html.ok(page);
    }

    private EditionView view(EditionState edition) {
        LocalDate date = edition.date();
        Period period = edition.period();
        LocalDate first = date.minusDays(period.days - 1L);
        var entries = new ArrayList<Entry>();
        for (LocalDate day = date; !day.isBefore(first); day = day.minusDays(1)) {
            entries.addAll(editions.entries(day));
        }
        Map<Paper, Integer> gained = new LinkedHashMap<>();
        entries.forEach(e -> gained.merge(e.paper, e.gained == null ? 0 : e.gained, Math::max));
        List<Paper> voted = gained.keySet().stream()
                .filter(p -> p.votes != null && p.votes > 0)
                .sorted(byRank(entries, period))
                .toList();
        return new EditionView(
                period == Period.DAY ? LONG.format(date) : SHORT.format(first) + " – " + SHORT.format(date),
                date.toString(),
                period.id(),
                edition.before(),
                edition.after(),
                voted.stream().map(p -> PaperCard.of(p, gained.get(p))).toList(),
                sections(date, period, gained, voted),
                gained.size(),
                edition.open(),
                edition.sample());
    }

    private LocalDate after(LocalDate next, Period period) {
        LocalDate end = next.plusDays(period.days - 1L);
        return end.isAfter(calendar.today()) ? calendar.today() : end;
    }

    private static String address(LocalDate date, Period period) {
        return "/papers?date=" + date + (period == Period.DAY ? "" : "&period=" + period.id());
    }

    /** By the edition's ranks where it is closed; by votes where it is open or there are several. */
    private static Comparator<Paper> byRank(List<Entry> entries, Period period) {
        Map<Paper, Integer> ranks = new LinkedHashMap<>();
        entries.stream().filter(e -> e.rank != null).forEach(e -> ranks.merge(e.paper, e.rank, Math::min));
        Comparator<Paper> byVotes =
                Comparator.<Paper>comparingInt(p -> -p.votes).thenComparing(p -> p.publicId);
        return period == Period.DAY
                ? Comparator.<Paper>comparingInt(p -> ranks.getOrDefault(p, Integer.MAX_VALUE))
                        .thenComparing(byVotes)
                : byVotes;
    }

    /** What has no votes, each paper under the first topic that it belongs to. */
    private List<Section> sections(LocalDate date, Period period, Map<Paper, Integer> all, List<Paper> voted) {
        var rest = new LinkedHashMap<Long, Paper>();
        all.keySet().stream().filter(p -> !voted.contains(p)).forEach(p -> rest.put(p.id, p));
        var sections = new ArrayList<Section>();
        if (period == Period.DAY && !rest.isEmpty()) {
            topicPapers.of(date).forEach((topic, ids) -> {
                Set<Long> here = new LinkedHashSet<>(ids);
                here.retainAll(rest.keySet());
                if (!here.isEmpty()) {
                    sections.add(new Section(
                            topic.name(),
                            topic.slug(),
                            here.stream()
                                    .map(rest::remove)
                                    .map(p -> PaperCard.of(p, 0))
                                    .toList()));
                }
            });
        }
        if (!rest.isEmpty()) {
            sections.add(new Section(
                    sections.isEmpty() ? "Not voted on yet" : "More",
                    null,
                    rest.values().stream().map(p -> PaperCard.of(p, 0)).toList()));
        }
        return sections;
    }

    private TemplateInstance search(String query, String page) {
        int number = page(page);
        if (query.isBlank()) {
            return Templates.list(new ListView("Search", null, "", null, 0, List.of(), null, null));
        }
        SearchResult found = search.search(query, number, PAGE);
        String address = "/papers?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&page=";
        return Templates.list(list("Search", null, query, found, number, address));
    }

    private static ListView list(
            String heading, String about, String query, SearchResult found, int number, String address) {
        return new ListView(
                heading,
                about,
                query,
                found.fault(),
                found.total(),
                found.papers().stream().map(p -> PaperCard.of(p, 0)).toList(),
                number > 0 ? address + (number - 1) : null,
                (number + 1L) * PAGE < found.total() && number + 1 < MOST_PAGES ? address + (number + 1) : null);
    }

    private static int page(String typed) {
        if (typed == null) {
            return 0;
        }
        if (typed.matches("[0-9]{1,3}") && Integer.parseInt(typed) < MOST_PAGES) {
            return Integer.parseInt(typed);
        }
        throw new BadRequestException("There are " + MOST_PAGES + " pages at most; a narrower search finds more.");
    }

    @GET
    @Path("topics")
    public TemplateInstance topics() {
        return Templates.topics(topics.groups());
    }

    @GET
    @Path("topics/{slug}")
    @Transactional
    public TemplateInstance topic(String slug, @QueryParam("page") String page) {
        Topic topic = topics.find(slug).orElseThrow(NotFoundException::new);
        int number = page(page);
        SearchResult found = search.newest(Interest.topicLine(slug), number, PAGE);
        return Templates.list(list(topic.name(), topic.about(), null, found, number, "/topics/" + slug + "?page="));
    }

    @GET
    @Path("papers/{id:.+}")
    @Transactional
    public TemplateInstance paper(String id) {
        Paper paper = PaperId.parse(id).flatMap(papers::find).orElseThrow(NotFoundException::new);
        Optional<String> arxiv =
                PaperId.parse(paper.publicId).filter(PaperId::isArxiv).map(PaperId::value);
        return Templates.paper(new PaperView(
                PaperCard.of(paper, 0),
                paper.publicId,
                paper.summary,
                paper.authors,
                Math.max(0, paper.authorCount - paper.authors.size()),
                paper.categories,
                paper.keywords,
                paper.link() == null ? null : paper.link().toString(),
                arxiv.isPresent() ? "arXiv " + arxiv.get() : paper.doi != null ? "doi.org" : "its source",
                paper.code,
                paper.stars,
                paper.project,
                paper.doi,
                paper.note,
                SHORT.format(paper.firstEdition),
                address(paper.firstEdition, Period.DAY)));
    }
}
