package org.dailypapers.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.edition.Intake;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.QuietDays;
import org.dailypapers.paper.Topic;
import org.dailypapers.site.EditionPages.EditionState;
import org.dailypapers.site.EditionPages.EditionView;
import org.dailypapers.site.EditionPages.LastEdition;
import org.dailypapers.site.EditionPages.Period;
import org.dailypapers.site.EditionPages.Section;
import org.dailypapers.site.EditionPages.SourceView;

/** What the pages of editions show. */
@ApplicationScoped
class EditionViews {

    private static final int MOST_RISING = 5;
    /** Of the last edition, below one without papers. */
    private static final int MOST_OF_LAST = 10;

    private final Editions editions;
    private final Papers papers;
    private final Entries entries;
    private final EditionOrders orders;
    private final EditionFacets facets;
    private final EditionCalendar calendar;
    private final QuietDays quiet;
    private final Intake intake;

    EditionViews(
            Editions editions,
            Papers papers,
            Entries entries,
            EditionOrders orders,
            EditionFacets facets,
            EditionCalendar calendar,
            QuietDays quiet,
            Intake intake) {
        this.editions = editions;
        this.papers = papers;
        this.entries = entries;
        this.orders = orders;
        this.facets = facets;
        this.calendar = calendar;
        this.quiet = quiet;
        this.intake = intake;
    }

    /** The page in that state; throws a 404 where there are not so many. */
    EditionView of(EditionState edition) {
        Language language = edition.language();
        PageMessages say = language.page();
        LocalDate date = edition.date();
        Period period = edition.period();
        EditionOrders.Span span = edition.span();
        EditionOrders.Order whole = orders.of(span);
        EditionFilter filter = edition.filter();
        EditionOrders.Order order = facets.narrowed(span, whole, filter);
        int pages = Math.max(1, Math.ceilDiv(order.size(), EditionPages.EDITION_PAGE));
        if (edition.page() > pages) {
            throw new NotFoundException();
        }
        int from = (edition.page() - 1) * EditionPages.EDITION_PAGE;
        boolean firstOfDay = period == Period.DAY && edition.page() == 1;
        List<Entries.Place> rising = firstOfDay ? rising(order) : List.of();
        Map<Long, Paper> shown = shown(order, from, rising);
        Map<Long, Entry> scores =
                period == Period.DAY && !edition.open() ? entries.scored(date, shown.keySet()) : Map.of();
        String address = address(date, period);
        return new EditionView(
                period == Period.DAY
                        ? language.withWeekday(date)
                        : say.dateRange(language.longDate(span.first()), language.longDate(date)),
                date.toString(),
                period.id(),
                editions.before(span.first())
                        .map(d -> address(d, period) + kept(filter, period))
                        .orElse(null),
                editions.after(date)
                        .map(d -> address(after(d, period), period) + kept(filter, period))
                        .orElse(null),
                PageOf.of(edition.page(), pages, address + filter.parameters() + "&page="),
                firstOfDay && !filter.narrows()
                        ? entries.pinned(date).stream()
                                .map(paper -> PaperCard.of(language, paper, 0))
                                .toList()
                        : List.of(),
                cards(language, part(order.voted(), from), shown, scores),
                from + 1,
                sections(language, order, from, shown),
                shown.values().stream()
                        .filter(paper -> paper.votes == null || paper.votes == 0)
                        .allMatch(paper -> new PaperId(paper.publicId).isArxiv()),
                cards(language, rising, shown, Map.of()),
                facets.of(say, span, whole, filter, address),
                filter.narrows() ? address : null,
                filter.parameters(),
                month(language, date),
                order.size() == 0 && !filter.narrows() ? last(language, span) : null,
                order.size(),
                counted(language, order, filter),
                edition.open() ? language.weekdayMoment(calendar.closesAt(date).atZone(calendar.zone())) : null,
                papers.countFrom(Paper.SAMPLE) > 0,
                period == Period.DAY ? quiet.on(date) : List.of(),
                date.isBefore(edition.today().minusDays(1)) ? List.of() : sources(language));
    }

    /** What narrows a day narrows the next one too; a month may hold too much for that. */
    private static String kept(EditionFilter filter, Period period) {
        return period == Period.MONTH ? "" : filter.parameters();
    }

    private static List<Entries.Place> rising(EditionOrders.Order order) {
        return Stream.concat(order.voted().stream(), order.rest().stream().flatMap(part -> part.papers().stream()))
                .filter(place -> place.gained() > 0)
                .sorted(Comparator.comparingInt(Entries.Place::gained).reversed())
                .limit(MOST_RISING)
                .toList();
    }

    private EditionMonth month(Language language, LocalDate date) {
        LocalDate first = date.withDayOfMonth(1);
        LocalDate end = first.plusMonths(1).minusDays(1);
        return EditionMonth.of(
                language,
                date,
                entries.days(first, end),
                editions.before(first).orElse(null),
                editions.after(end).orElse(null));
    }

    private LastEdition last(Language language, EditionOrders.Span asked) {
        return editions.before(asked.first())
                .map(date -> {
                    var span = new EditionOrders.Span(
                            date,
                            date,
                            editions.find(date).map(e -> !e.closed()).orElse(false),
                            asked.revision());
                    EditionOrders.Order order = orders.of(span);
                    List<Entries.Place> best = Stream.concat(
                                    order.voted().stream(),
                                    order.rest().stream().flatMap(part -> part.papers().stream()))
                            .limit(MOST_OF_LAST)
                            .toList();
                    Map<Long, Paper> shown =
                            byIds(best.stream().map(Entries.Place::paper).toList());
                    return new LastEdition(
                            language.withWeekday(date),
                            address(date, Period.DAY),
                            cards(language, best, shown, Map.of()));
                })
                .orElse(null);
    }

    private List<SourceView> sources(Language language) {
        return intake.standings().stream()
                .map(standing -> new SourceView(
                        standing.name,
                        standing.answeredAt == null
                                ? null
                                : answered(language, standing.answeredAt.atZone(calendar.zone())),
                        standing.silent(calendar.now())))
                .toList();
    }

    private static String answered(Language language, ZonedDateTime at) {
        return language.moment(language.dayAndMonth(at.toLocalDate()), at);
    }

    /** How many papers it has, and how many of them have votes where that are some and not all. */
    private static String counted(Language language, EditionOrders.Order order, EditionFilter filter) {
        int all = order.size();
        int voted = order.voted().size();
        String number = language.number(all);
        String counted = voted > 0 && voted < all
                ? language.page().papersWithVotes(all, number, language.number(voted))
                : language.page().papers(all, number);
        return filter.narrows() ? language.page().chosenOnly(counted) : counted;
    }

    /** What of a part of an order is on the page that begins at that place, counted from the part's own beginning. */
    private static List<Entries.Place> part(List<Entries.Place> part, int from) {
        int begin = Math.clamp(from, 0, part.size());
        return part.subList(begin, Math.clamp((long) from + EditionPages.EDITION_PAGE, begin, part.size()));
    }

    private Map<Long, Paper> shown(EditionOrders.Order order, int from, List<Entries.Place> also) {
        Set<Long> ids = new HashSet<>();
        also.forEach(place -> ids.add(place.paper()));
        part(order.voted(), from).forEach(place -> ids.add(place.paper()));
        int before = order.voted().size();
        for (EditionOrders.Order.Part rest : order.rest()) {
            part(rest.papers(), from - before).forEach(place -> ids.add(place.paper()));
            before += rest.papers().size();
        }
        return byIds(ids);
    }

    private Map<Long, Paper> byIds(Collection<Long> ids) {
        return papers.byIds(ids).stream().collect(Collectors.toMap(p -> p.id, Function.identity()));
    }

    private static List<PaperCard> cards(
            Language language, List<Entries.Place> places, Map<Long, Paper> shown, Map<Long, Entry> scores) {
        return places.stream()
                .filter(place -> shown.containsKey(place.paper()))
                .map(place -> PaperCard.ranked(
                        language,
                        shown.get(place.paper()),
                        place.gained(),
                        Optional.ofNullable(scores.get(place.paper()))
                                .filter(entry -> entry.rank != null)
                                .map(entry -> ScoreChart.of(language, entry))
                                .filter(ScoreChart::tells)
                                .orElse(null)))
                .toList();
    }

    private static List<Section> sections(
            Language language, EditionOrders.Order order, int from, Map<Long, Paper> shown) {
        var sections = new ArrayList<Section>();
        int before = order.voted().size();
        for (EditionOrders.Order.Part part : order.rest()) {
            List<PaperCard> cards = cards(language, part(part.papers(), from - before), shown, Map.of());
            if (!cards.isEmpty()) {
                Topic topic = part.topic();
                sections.add(new Section(
                        topic != null
                                ? topic.name()
                                : order.rest().size() == 1
                                        ? language.page().notVotedOnYet()
                                        : language.page().underNoTopic(),
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

    static String address(LocalDate date, Period period) {
        return "/papers?date=" + date + (period == Period.DAY ? "" : "&period=" + period.id());
    }
}
