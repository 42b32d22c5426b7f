package org.dailypapers.site;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.matching.TopicPapers;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Topic;

/** In which order editions show their papers; kept as long as nothing has changed. */
@ApplicationScoped
class EditionOrders {

    /** Of more papers without votes than that none is looked for the topic of: an index of all of them takes seconds. */
    static final int MOST_BY_TOPIC = 2_000;

    /** Of the orders that are kept, in papers. */
    private static final int MOST_ORDERED = 500_000;

    private final Entries entries;
    private final TopicPapers topicPapers;

    private final Cache<Span, Order> orders = Caffeine.newBuilder()
            .maximumWeight(MOST_ORDERED)
            .weigher((Span span, Order order) -> 1 + order.size())
            .expireAfterWrite(EditionPages.FRESH)
            .executor(Runnable::run)
            .build();

    EditionOrders(Entries entries, TopicPapers topicPapers) {
        this.entries = entries;
        this.topicPapers = topicPapers;
    }

    /** Some editions, as they are at that revision. */
    record Span(LocalDate first, LocalDate last, boolean open, long revision) {

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
    record Order(List<Entries.Place> voted, List<Part> rest) {

        /** @param topic null for what is under none */
        record Part(Topic topic, List<Entries.Place> papers) {}

        int size() {
            return voted.size()
                    + rest.stream().mapToInt(part -> part.papers().size()).sum();
        }
    }

    Order of(Span span) {
        return orders.get(span, this::order);
    }

    private Order order(Span span) {
        List<Entries.Place> all = entries.places(span.first(), span.last(), span.oneDay() && !span.open());
        int voted = (int) all.stream().filter(Entries.Place::voted).count();
        List<Entries.Place> rest = all.subList(voted, all.size());
        return new Order(
                all.subList(0, voted),
                span.oneDay() && rest.size() <= MOST_BY_TOPIC
                        ? byTopic(span.last(), rest)
                        : List.of(new Order.Part(null, rest)));
    }

    /** Each paper under the first topic that it belongs to. */
    private List<Order.Part> byTopic(LocalDate date, List<Entries.Place> all) {
        Map<Long, Entries.Place> rest = all.stream()
                .collect(Collectors.toMap(
                        Entries.Place::paper, Function.identity(), (one, same) -> one, LinkedHashMap::new));
        var parts = new ArrayList<Order.Part>();
        if (!rest.isEmpty()) {
            topicPapers.of(date).forEach((topic, ids) -> {
                List<Entries.Place> here =
                        ids.stream().filter(rest::containsKey).map(rest::remove).toList();
                if (!here.isEmpty()) {
                    parts.add(new Order.Part(topic, here));
                }
            });
        }
        parts.add(new Order.Part(null, List.copyOf(rest.values())));
        return parts;
    }
}
