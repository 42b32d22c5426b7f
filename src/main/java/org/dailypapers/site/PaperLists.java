package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Language;
import org.dailypapers.language.PageMessages;
import org.dailypapers.language.Said;
import org.dailypapers.matching.index.Highlights;
import org.dailypapers.matching.search.Facets;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.matching.search.SearchQuestion;
import org.dailypapers.matching.search.SearchResult;
import org.dailypapers.paper.Topic;
import org.dailypapers.site.answer.Refused;

/** Pages of papers that a search or a topic found. */
@ApplicationScoped
class PaperLists {

    /** The papers of a page. */
    private static final int PAGE = 20;

    private static final int MOST_PAGES = 50;

    private final PaperSearch search;
    private final Highlights highlights;

    PaperLists(PaperSearch search, Highlights highlights) {
        this.search = search;
        this.highlights = highlights;
    }

    /**
     * What a search or a topic found.
     *
     * @param counted how many there are, in words
     * @param feed the parameters that ask a feed for the same; null where there is none
     * @param follow the address of a form that asks for letters about the same; null where nothing was found
     * @param orders how else it can be ordered, and by what it can be narrowed; none of a topic
     */
    public record ListView(
            String heading,
            String about,
            String query,
            String fault,
            String counted,
            List<PaperCard> papers,
            PageOf page,
            String feed,
            String follow,
            List<Choice> orders,
            List<Facet> facets) {

        /** What the window is called. */
        public String title() {
            return query == null || query.isEmpty() ? heading : query + " – " + heading;
        }

        /** The address of the feed for the same, as Atom. */
        public String feedAtom() {
            return "/feed.atom" + feed;
        }

        /** The same as JSON. */
        public String feedJson() {
            return "/feed.json" + feed;
        }

        /** Whether a link that narrows is followed already. */
        public boolean narrowed() {
            return facets.stream().flatMap(facet -> facet.choices().stream()).anyMatch(Choice::chosen);
        }
    }

    /**
     * A link that orders or narrows what was found.
     *
     * @param papers how many it leaves; 0 where it leaves all
     * @param chosen whether it is followed already; then its address takes that back
     */
    public record Choice(String name, int papers, String address, boolean chosen) {}

    /** A heading with the links that narrow by it. */
    public record Facet(String name, List<Choice> choices) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance list(ListView view);

        private Templates() {}
    }

    /** How a search was ordered and narrowed by the links on its page; what is null was not. */
    record Narrowing(String query, String order, String category, String year, String source) {

        private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
        private static final int LONGEST = 100;

        static Narrowing of(String query, MultivaluedMap<String, String> parameters) {
            String order = parameters.getFirst("order");
            String year = parameters.getFirst("year");
            if (order != null && !order.equals("best") && !order.equals("newest")) {
                throw new Refused(FaultMessages::searchOrderFault);
            }
            if (year != null && (!YEAR.matcher(year).matches() || year.equals("0000"))) {
                throw new Refused(FaultMessages::yearFault);
            }
            return new Narrowing(
                    query,
                    "newest".equals(order) ? order : null,
                    cut(parameters.getFirst("category")),
                    year,
                    cut(parameters.getFirst("source")));
        }

        private static String cut(String value) {
            if (value == null || value.isBlank()) {
                return null;
            }
            if (value.length() > LONGEST) {
                throw new Refused(FaultMessages::addressTooLong);
            }
            return value;
        }

        SearchQuestion question(Interest interest) {
            Query words = interest.query();
            return new SearchQuestion(
                    category == null
                            ? interest
                            : new Interest(
                                    query,
                                    new Query.All(List.of(words, new Query.Phrase(Query.Field.CATEGORY, category))),
                                    false,
                                    1),
                    year == null ? null : LocalDate.of(Integer.parseInt(year), 1, 1),
                    year == null ? null : LocalDate.of(Integer.parseInt(year), 12, 31),
                    source);
        }

        /** The interest that finds the same; years and sources are for looking back alone. */
        String line() {
            String both = "(" + query + ") category:\"" + category + '"';
            return category != null && InterestParser.parse(both) instanceof Interest ? both : query;
        }

        /** A feed knows neither years nor sources. */
        boolean hasNoFeed() {
            return year != null || source != null;
        }

        boolean newest() {
            return order != null;
        }

        String address() {
            var address = new StringBuilder("/papers?q=").append(encoded(query));
            add(address, "order", order);
            add(address, "category", category);
            add(address, "year", year);
            add(address, "source", source);
            return address.toString();
        }

        private static void add(StringBuilder address, String name, String value) {
            if (value != null) {
                address.append('&').append(name).append('=').append(encoded(value));
            }
        }

        List<Choice> orders(PageMessages say) {
            return List.of(
                    new Choice(
                            say.bestFirst(),
                            0,
                            new Narrowing(query, null, category, year, source).address(),
                            !newest()),
                    new Choice(
                            say.newestFirst(),
                            0,
                            new Narrowing(query, "newest", category, year, source).address(),
                            newest()));
        }

        List<Facet> facets(PageMessages say, Facets found) {
            return Stream.of(
                            facet(
                                    say.facetYear(),
                                    found.years(),
                                    year,
                                    v -> new Narrowing(query, order, category, v, source)),
                            facet(
                                    say.facetCategory(),
                                    found.categories(),
                                    category,
                                    v -> new Narrowing(query, order, v, year, source)),
                            facet(
                                    say.facetSource(),
                                    found.sources(),
                                    source,
                                    v -> new Narrowing(query, order, category, year, v)))
                    .filter(facet -> facet.choices().size() > 1
                            || facet.choices().stream().anyMatch(Choice::chosen))
                    .toList();
        }

        private static Facet facet(
                String name, List<Facets.Count> counts, String chosen, Function<String, Narrowing> narrowed) {
            boolean seen =
                    chosen == null || counts.stream().anyMatch(c -> c.value().equals(chosen));
            Stream<Choice> unseen = seen
                    ? Stream.of()
                    : Stream.of(new Choice(chosen, 0, narrowed.apply(null).address(), true));
            return new Facet(
                    name,
                    Stream.concat(unseen, counts.stream().map(c -> {
                                boolean is = c.value().equals(chosen);
                                return new Choice(
                                        c.value(),
                                        c.papers(),
                                        narrowed.apply(is ? null : c.value()).address(),
                                        is);
                            }))
                            .toList());
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    TemplateInstance search(Language language, String query, String page, MultivaluedMap<String, String> parameters) {
        int number = PageOf.number(page, MOST_PAGES);
        var narrowing = Narrowing.of(query, parameters);
        if (query.isBlank()) {
            return Templates.list(nothing(language, "", null));
        }
        return switch (InterestParser.parse(query)) {
            case InterestError error ->
                Templates.list(nothing(language, query, error.said().in(language.fault())));
            case Interest interest
            when interest.lessens() ->
                Templates.list(nothing(language, query, language.page().lessFindsNone()));
            case Interest interest -> Templates.list(search(language, interest, narrowing, number));
        };
    }

    private ListView search(Language language, Interest interest, Narrowing narrowing, int number) {
        SearchQuestion question = narrowing.question(interest);
        SearchResult found = search.search(question, narrowing.newest(), number - 1, PAGE);
        int pages = pages(found, number);
        PageMessages say = language.page();
        List<Said> notes = InterestParser.notes(narrowing.query());
        return new ListView(
                say.searchHeading(),
                notes.isEmpty() ? null : say.searchNotes(Hints.joined(notes, language)),
                narrowing.query(),
                null,
                say.papers(Math.toIntExact(found.total()), language.number(found.total())),
                found.papers().stream()
                        .map(p -> PaperCard.found(
                                language,
                                p,
                                highlights.once(p, question.interest()).spans()))
                        .toList(),
                PageOf.of(number, pages, narrowing.address() + "&page="),
                narrowing.hasNoFeed()
                        ? null
                        : "?q=" + encoded(narrowing.query())
                                + (narrowing.category() == null ? "" : "&category=" + encoded(narrowing.category())),
                "/subscribe?keywords=" + encoded(narrowing.line()),
                narrowing.orders(say),
                narrowing.facets(say, search.facets(question)));
    }

    private static ListView nothing(Language language, String query, String fault) {
        return new ListView(
                language.page().searchHeading(),
                null,
                query,
                fault,
                language.page().papers(0, "0"),
                List.of(),
                new PageOf(1, 1, null, null),
                null,
                null,
                List.of(),
                List.of());
    }

    /** The newest papers of a topic. */
    TemplateInstance topic(Language language, Topic topic, String page) {
        int number = PageOf.number(page, MOST_PAGES);
        SearchResult found = search.newest(Interest.topicLine(topic.slug()), number - 1, PAGE);
        return Templates.list(new ListView(
                topic.name(),
                topic.about(),
                null,
                null,
                language.page().papersNewestFirst(Math.toIntExact(found.total()), language.number(found.total())),
                found.papers().stream().map(p -> PaperCard.of(language, p, 0)).toList(),
                PageOf.of(number, pages(found, number), "/topics/" + topic.slug() + "?page="),
                "?topic=" + topic.slug(),
                "/subscribe?topic=" + topic.slug(),
                List.of(),
                List.of()));
    }

    private static int pages(SearchResult found, int number) {
        int pages = Math.clamp(Math.ceilDiv(found.total(), PAGE), 1, MOST_PAGES);
        if (number > pages) {
            throw new NotFoundException();
        }
        return pages;
    }
}
