package org.dailypapers.source.paperswithcode;

import static org.dailypapers.source.JsonFields.list;
import static org.dailypapers.source.JsonFields.object;
import static org.dailypapers.source.JsonFields.text;
import static org.dailypapers.source.JsonFields.texts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.HtmlText;
import org.dailypapers.source.PaperRecord;

/** How an item of the list of what trends becomes a record. */
final class TrendingItem {

    private static final int CENTURY = 2000;

    private TrendingItem() {}

    /**
     * The record of an item, listed on that day. Its {@code date_published} may be the day of its listing, so that only
     * an arXiv id tells an old paper, which is no news.
     *
     * @throws IllegalArgumentException where it is none, with the field in one line
     */
    static PaperRecord of(JsonNode item, LocalDate today) {
        if (!item.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        String page = text(item, "source_url");
        Optional<PaperId> arxiv = PaperId.arxiv(text(item, "arxiv_id")).or(() -> PaperId.arxiv(page));
        JsonNode repository = object(item, "repository");
        JsonNode trending = object(item, "trending");
        return PaperRecord.titled(HtmlText.plain(Objects.requireNonNullElse(text(item, "title"), "")))
                // Without one the title joins it with the paper that others list: its own number or page would not.
                .id(arxiv.orElse(null))
                .doi(page)
                .summary(text(item, "abstract"))
                .authors(texts(item, "authors"))
                .listed(today)
                .keywords(list(item, "tasks", TrendingItem::name).stream()
                        .filter(Objects::nonNull)
                        .toList())
                .code(repository == null ? null : text(repository, "url"))
                .stars(repository == null ? null : count(repository, "num_stars", "stars", "stargazers_count"))
                .starsGained(trending == null ? null : count(trending, "stars_gained_24h"))
                .project(arxiv.isPresent() ? null : page)
                .announced(
                        arxiv.map(id -> isOld(id, today)).orElse(false)
                                ? PaperRecord.Announced.CHANGED
                                : PaperRecord.Announced.AGAIN)
                .build();
    }

    private static String name(JsonNode task) {
        return task.isObject() ? text(task, "name") : task.isTextual() ? task.textValue() : null;
    }

    /** Whether the id is of a month before the last one. */
    private static boolean isOld(PaperId arxiv, LocalDate today) {
        String id = arxiv.value();
        if (id.indexOf('/') >= 0) {
            return true;
        }
        var month = YearMonth.of(CENTURY + Integer.parseInt(id.substring(0, 2)), Integer.parseInt(id.substring(2, 4)));
        return month.isBefore(YearMonth.from(today).minusMonths(1));
    }

    /** The first of these that is a number, which may be a fraction; null where none is, or it is negative. */
    private static Integer count(JsonNode object, String... fields) {
        return Stream.of(fields)
                .map(object::path)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(number -> number >= 0 && number < Integer.MAX_VALUE)
                .map(number -> (int) Math.round(number))
                .findFirst()
                .orElse(null);
    }
}
