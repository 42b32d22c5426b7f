package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.PageMessages;
import org.dailypapers.matching.TopicPapers;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Topic;
import org.dailypapers.site.answer.Refused;

/** By which topics and categories editions can be narrowed; kept as long as nothing has changed. */
@ApplicationScoped
public class EditionFacets {

    private static final int MOST_CHOICES = 12;
    private static final int WEEK = 7;
    private static final int MOST_KEPT = 50;

    private final Entries entries;
    private final TopicPapers topicPapers;

    private final Cache<EditionOrders.Span, Traits> traits = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterWrite(EditionPages.FRESH)
            .executor(Runnable::run)
            .build();

    EditionFacets(Entries entries, TopicPapers topicPapers) {
        this.entries = entries;
        this.topicPapers = topicPapers;
    }

    /** Which papers of some editions have which topic and category. */
    private record Traits(Map<Topic, Set<Long>> topics, Map<String, Set<Long>> categories) {}

    /**
     * A link that narrows an edition, or takes that back.
     *
     * @param papers that it leaves
     */
    public record Choice(String name, int papers, String address, boolean chosen) {}

    /** Links that narrow by one kind of trait. */
    public record Facet(String name, List<Choice> choices) {}

    /** Of so many papers none is looked for a topic, nor of more days than a week: their indexes take seconds. */
    private static boolean small(EditionOrders.Span span, EditionOrders.Order order) {
        return order.size() <= EditionOrders.MOST_BY_TOPIC
                && !span.first().plusDays(WEEK).isBefore(span.last());
    }

    private Traits of(EditionOrders.Span span) {
        return traits.get(span, this::read);
    }

    private Traits read(EditionOrders.Span span) {
        var topics = new LinkedHashMap<Topic, Set<Long>>();
        for (LocalDate day : entries.days(span.first(), span.last())) {
            topicPapers.of(day).forEach((topic, ids) -> topics.computeIfAbsent(topic, t -> new HashSet<>())
                    .addAll(ids));
        }
        var categories = new HashMap<String, Set<Long>>();
        entries.categories(span.first(), span.last())
                .forEach((paper, names) -> names.forEach(name ->
                        categories.computeIfAbsent(name, n -> new HashSet<>()).add(paper)));
        return new Traits(topics, categories);
    }

    /** The order without the papers that the filter keeps out; throws a 400 where there are too many. */
    EditionOrders.Order narrowed(EditionOrders.Span span, EditionOrders.Order order, EditionFilter filter) {
        if (!filter.narrows()) {
            return order;
        }
        if (!small(span, order)) {
            throw new Refused(FaultMessages::tooManyToNarrow);
        }
        Predicate<Entries.Place> meets = meets(of(span), filter);
        return new EditionOrders.Order(
                order.voted().stream().filter(meets).toList(),
                order.rest().stream()
                        .map(part -> new EditionOrders.Order.Part(
                                part.topic(),
                                part.papers().stream().filter(meets).toList()))
                        .filter(part -> !part.papers().isEmpty())
                        .toList());
    }

    private static Predicate<Entries.Place> meets(Traits traits, EditionFilter filter) {
        var topics = new HashSet<Long>();
        traits.topics().forEach((topic, ids) -> {
            if (filter.topics().contains(topic.slug())) {
                topics.addAll(ids);
            }
        });
        var categories = new HashSet<Long>();
        filter.categories()
                .forEach(name -> categories.addAll(traits.categories().getOrDefault(name, Set.of())));
        return place -> (filter.topics().isEmpty() || topics.contains(place.paper()))
                && (filter.categories().isEmpty() || categories.contains(place.paper()));
    }

    /**
     * The links that narrow what is shown, most papers first; none of more papers than can be sorted in time.
     *
     * @param all the order that nothing narrows
     * @param address of the page without a filter
     */
    List<Facet> of(
            PageMessages say, EditionOrders.Span span, EditionOrders.Order all, EditionFilter filter, String address) {
        if (all.size() == 0 || !small(span, all)) {
            return List.of();
        }
        Traits traits = of(span);
        var facets = new ArrayList<Facet>();
        Set<Long> byCategory = ids(narrowed(span, all, new EditionFilter(List.of(), filter.categories())));
        var topics = new ArrayList<Choice>();
        traits.topics().forEach((topic, ids) -> {
            boolean chosen = filter.topics().contains(topic.slug());
            int papers = (int) ids.stream().filter(byCategory::contains).count();
            if (chosen || papers > 0 && filter.roomForTopics()) {
                topics.add(new Choice(
                        topic.name(),
                        papers,
                        address + filter.turned(topic.slug()).parameters(),
                        chosen));
            }
        });
        add(facets, say.facetTopics(), topics);
        Set<Long> byTopic = ids(narrowed(span, all, new EditionFilter(filter.topics(), List.of())));
        var categories = new ArrayList<Choice>();
        traits.categories().forEach((name, ids) -> {
            boolean chosen = filter.categories().contains(name);
            int papers = (int) ids.stream().filter(byTopic::contains).count();
            if (chosen || papers > 0 && filter.roomForCategories()) {
                categories.add(new Choice(
                        name, papers, address + filter.turnedCategory(name).parameters(), chosen));
            }
        });
        add(facets, say.facetCategories(), categories);
        return facets;
    }

    private static void add(List<Facet> facets, String name, List<Choice> choices) {
        List<Choice> shown = choices.stream()
                .sorted(Comparator.comparing(Choice::chosen)
                        .thenComparingInt(Choice::papers)
                        .reversed()
                        .thenComparing(Choice::name))
                .limit(MOST_CHOICES)
                .toList();
        if (!shown.isEmpty()) {
            facets.add(new Facet(name, shown));
        }
    }

    private static Set<Long> ids(EditionOrders.Order order) {
        var ids = new HashSet<Long>();
        order.voted().forEach(place -> ids.add(place.paper()));
        order.rest().forEach(part -> part.papers().forEach(place -> ids.add(place.paper())));
        return ids;
    }
}
