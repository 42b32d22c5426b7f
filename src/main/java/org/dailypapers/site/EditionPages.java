package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.PaperSearch;
import org.dailypapers.matching.SearchResult;
import org.dailypapers.matching.TopicPapers;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.web.Html;

/** The papers: an edition, a search, a topic, one paper. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class EditionPages {

    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter CLOSES =
            DateTimeFormatter.ofPattern("'on' EEEE 'at' HH:mm (VV)", Locale.ENGLISH);
    /** Of a date before the first preprints there is no edition. */
    static final LocalDate EARLIEST = LocalDate.of(1991, 1, 1);
    /** The papers of a page of a search or topic. */
    private static final int PAGE = 20;

    private static final int MOST_PAGES = 50;

    /** The papers of a page of an edition. */
    static final int EDITION_PAGE = 80;

    /** Of more papers without votes than that none is looked for the topic of: an index of all of them takes seconds. */
    static final int MOST_BY_TOPIC = 2_000;

    /** Of the pages that are kept: some two hundred. */
    private static final int MOST_CHARACTERS = 32 << 20;

    /** Of the orders that are kept, in papers. */
    private static final int MOST_ORDERED = 500_000;

    /** A change that was committed after a later one is seen so late. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final Editions editions;
    private final Papers papers;
    private final Topics topics;
    private final TopicPapers topicPapers;
    private final PaperSearch search;
    private final EditionCalendar calendar;
    private final Revisions revisions;

    /** The pages of editions as they were shown last. */
    private final Cache<EditionState, String> known = Caffeine.newBuilder()
            .maximumWeight(MOST_CHARACTERS)
            .weigher((EditionState edition, String page) -> page.length())
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    /** In which order editions show their papers. */
    private final Cache<Span, Order> orders = Caffeine.newBuilder()
            .maximumWeight(MOST_ORDERED)
            .weigher((Span span, Order order) -> 1 + order.size())
            .expireAfterWrite(KEPT)
            .executor(Runnable::run)
            .build();

    EditionPages(
            Editions editions,
            Papers papers,
            Topics topics,
            TopicPapers topicPapers,
            PaperSearch search,
            EditionCalendar calendar,
            Revisions revisions) {
        this.editions = editions;
        this.papers = papers;
        this.topics = topics;
        this.topicPapers = topicPapers;
        this.search = search;
        this.calendar = calendar;
        this.revisions = revisions;
    }

    /**
     * Papers of an edition under one topic, as many as are on the page.
     *
     * @param size how many there are in all
     */
    public record Section(String name, String slug, int size, List<PaperCard> papers) {}

    /**
     * One of the pages of a list.
     *
     * @param number from 1
     * @param before address of the page before; null where there is none
     * @param after address of the page after; null where there is none
     */
    public record PageOf(int number, int pages, String before, String after) {

        /** Whether there are others. */
        public boolean several() {
            return pages > 1;
        }
    }

    /**
     * A page of an edition, or of several together.
     *
     * @param before address of the ones before; null where there are none
     * @param after address of the ones after; null where there are none
     * @param voted those of the page that have votes, of so many in all
     * @param first the place of the first of them, from 1
     * @param closes when it closes; null where it has
     */
    public record EditionView(
            String heading,
            String date,
            String period,
            String before,
            String after,
            PageOf page,
            List<PaperCard> voted,
            int votedInAll,
            int first,
            List<Section> rest,
            int count,
            String closes,
            boolean sample) {}

    /** What a search or a topic found. */
    public record ListView(
            String heading,
            String about,
            String query,
            String fault,
            long total,
            List<PaperCard> papers,
            PageOf page) {}

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
    public Response home() {
        LocalDate date = editions.newestWithPapers(calendar.today()).orElse(calendar.today());
        return edition(date, Period.DAY, 1);
    }

    /** An edition by its date, or a search. */
    @GET
    @Path("papers")
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
        return edition(day, Period.of(period), page(page, Integer.MAX_VALUE));
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
            throw new BadRequestException(
                    "“" + shortened(text) + "” is no date; a date is written like " + calendar.today() + ".");
        }
        throw new BadRequestException(editions.after(EARLIEST.minusDays(1))
                .map(first -> "There is no edition of " + text + "; there are some from " + first + " to "
                        + calendar.today() + ".")
                .orElse("There is no edition of " + text + ", nor any other yet."));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, text.offsetByCodePoints(0, 20)) + "…";
    }

    /** Everything that an edition's page depends on. */
    private record EditionState(
            LocalDate date, Period period, int page, LocalDate today, boolean open, boolean search, long revision) {

        Span span() {
            return new Span(date.minusDays(period.days - 1L), date, open, revision);
        }
    }

    /** Some editions, as they are at that revision. */
    private record Span(LocalDate first, LocalDate last, boolean open, long revision) {

        boolean oneDay() {
            return first.equals(last);
        }
    }

    /**
     * In which order some editions show their papers.
     *
     * @param voted those with votes
     * @param rest those without, under their headings
     */
    private record Order(List<Editions.Place> voted, List<Part> rest) {

        /** @param topic null for what is under none */
        record Part(Topic topic, List<Editions.Place> papers) {}

        int size() {
            return voted.size()
                    + rest.stream().mapToInt(part -> part.papers().size()).sum();
        }
    }

    /** The page, which thousands of people see before it changes. */
    private Response edition(LocalDate date, Period period, int page) {
        var edition = new EditionState(
                date,
                period,
                page,
                calendar.today(),
                editions.find(date).map(e -> !e.closed()).orElse(!calendar.mayClose(date)),
                search.ready(),
                revisions.newest());
        return Html.ok(
                known.get(edition, state -> Templates.edition(view(state)).render()));
    }

    private EditionView view(EditionState edition) {
        LocalDate date = edition.date();
        Period period = edition.period();
        Span span = edition.span();
        Order order = orders.get(span, this::order);
        int pages = Math.max(1, Math.ceilDiv(order.size(), EDITION_PAGE));
        if (edition.page() > pages) {
            throw new NotFoundException();
        }
        int from = (edition.page() - 1) * EDITION_PAGE;
        Map<Long, Paper> shown = shown(order, from);
        return new EditionView(
                period == Period.DAY ? LONG.format(date) : SHORT.format(span.first()) + " – " + SHORT.format(date),
                date.toString(),
                period.id(),
                editions.before(span.first()).map(d -> address(d, period)).orElse(null),
                editions.after(date).map(d -> address(after(d, period), period)).orElse(null),
                pageOf(edition.page(), pages, address(date, period) + "&page="),
                cards(part(order.voted(), from), shown),
                order.voted().size(),
                from + 1,
                sections(order, from, shown),
                order.size(),
                edition.open() ? closes(date) : null,
                papers.countFrom(Paper.SAMPLE) > 0);
    }

    private String closes(LocalDate date) {
        return CLOSES.format(calendar.closesAt(date).atZone(calendar.zone()));
    }

    private static PageOf pageOf(int number, int pages, String address) {
        return new PageOf(
                number,
                pages,
                number > 1 ? address + (number - 1) : null,
                number < pages ? address + (number + 1) : null);
    }

    private Order order(Span span) {
        List<Editions.Place> all = editions.places(span.first(), span.last(), span.oneDay() && !span.open());
        int voted = (int) all.stream().filter(Editions.Place::voted).count();
        List<Editions.Place> rest = all.subList(voted, all.size());
        return new Order(
                all.subList(0, voted),
                span.oneDay() && rest.size() <= MOST_BY_TOPIC
                        ? byTopic(span.last(), rest)
                        : List.of(new Order.Part(null, rest)));
    }

    /** Each paper under the first topic that it belongs to. */
    private List<Order.Part> byTopic(LocalDate date, List<Editions.Place> all) {
        Map<Long, Editions.Place> rest = all.stream()
                .collect(Collectors.toMap(
                        Editions.Place::paper, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        var parts = new ArrayList<Order.Part>();
        if (!rest.isEmpty()) {
            topicPapers.of(date).forEach((topic, ids) -> {
                List<Editions.Place> here =
                        ids.stream().filter(rest::containsKey).map(rest::remove).toList();
                if (!here.isEmpty()) {
                    parts.add(new Order.Part(topic, here));
                }
            });
        }
        parts.add(new Order.Part(null, List.copyOf(rest.values())));
        return parts;
    }

    /** What of a part of an order is on the page that begins at that place, counted from the part's own beginning. */
    private static List<Editions.Place> part(List<Editions.Place> part, int from) {
        int begin = Math.clamp(from, 0, part.size());
        return part.subList(begin, Math.clamp((long) from + EDITION_PAGE, begin, part.size()));
    }

    private Map<Long, Paper> shown(Order order, int from) {
        Set<Long> ids = new HashSet<>();
        part(order.voted(), from).forEach(place -> ids.add(place.paper()));
        int before = order.voted().size();
        for (Order.Part rest : order.rest()) {
            part(rest.papers(), from - before).forEach(place -> ids.add(place.paper()));
            before += rest.papers().size();
        }
        return papers.byIds(ids).stream().collect(Collectors.toMap(p -> p.id, Function.identity()));
    }

    private static List<PaperCard> cards(List<Editions.Place> places, Map<Long, Paper> shown) {
        return places.stream()
                .filter(place -> shown.containsKey(place.paper()))
                .map(place -> PaperCard.of(shown.get(place.paper()), place.gained()))
                .toList();
    }

    private static List<Section> sections(Order order, int from, Map<Long, Paper> shown) {
        var sections = new ArrayList<Section>();
        int before = order.voted().size();
        for (Order.Part part : order.rest()) {
            List<PaperCard> cards = cards(part(part.papers(), from - before), shown);
            if (!cards.isEmpty()) {
                Topic topic = part.topic();
                sections.add(new Section(
                        topic != null ? topic.name() : order.rest().size() == 1 ? "Not voted on yet" : "More",
                        topic == null ? null : topic.slug(),
                        part.papers().size(),
                        cards));
            }
            before += part.papers().size();
        }
        return sections;
    }

    private LocalDate after(LocalDate next, Period period) {
        LocalDate end = next.plusDays(period.days - 1L);
        return end.isAfter(calendar.today()) ? calendar.today() : end;
    }

    private static String address(LocalDate date, Period period) {
        return "/papers?date=" + date + (period == Period.DAY ? "" : "&period=" + period.id());
    }

    private TemplateInstance search(String query, String page) {
        int number = page(page, MOST_PAGES);
        if (query.isBlank()) {
            return Templates.list(new ListView("Search", null, "", null, 0, List.of(), new PageOf(1, 1, null, null)));
        }
        SearchResult found = search.search(query, number - 1, PAGE);
        String address = "/papers?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + "&page=";
        List<String> notes = InterestParser.notes(query);
        String told = notes.isEmpty() ? null : "The search " + String.join("; it ", notes) + ".";
        return Templates.list(list("Search", told, query, found, number, address));
    }

    private static ListView list(
            String heading, String about, String query, SearchResult found, int number, String address) {
        int pages = (int) Math.clamp(Math.ceilDiv(found.total(), PAGE), 1, MOST_PAGES);
        if (number > pages) {
            throw new NotFoundException();
        }
        return new ListView(
                heading,
                about,
                query,
                found.fault(),
                found.total(),
                found.papers().stream().map(p -> PaperCard.of(p, 0)).toList(),
                pageOf(number, pages, address));
    }

    private static int page(String typed, int most) {
        if (typed == null) {
            return 1;
        }
        if (typed.matches("[1-9][0-9]{0,6}") && Integer.parseInt(typed) <= most) {
            return Integer.parseInt(typed);
        }
        throw new BadRequestException(
                most < Integer.MAX_VALUE
                        ? "Pages are numbered from 1 to " + most + "; a narrower search finds more."
                        : "Pages are numbered from 1.");
    }

    @GET
    @Path("topics")
    public TemplateInstance topics() {
        return Templates.topics(topics.groups());
    }

    @GET
    @Path("topics/{slug}")
    public TemplateInstance topic(String slug, @QueryParam("page") String page) {
        Topic topic = topics.find(slug).orElseThrow(NotFoundException::new);
        int number = page(page, MOST_PAGES);
        SearchResult found = search.newest(Interest.topicLine(slug), number - 1, PAGE);
        return Templates.list(list(topic.name(), topic.about(), null, found, number, "/topics/" + slug + "?page="));
    }

    @GET
    @Path("papers/{id:.+}")
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
