package org.dailypapers.digest.letter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.digest.Chosen;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.index.Highlights;
import org.dailypapers.matching.index.Met;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.jspecify.annotations.Nullable;

/** The papers of digests in words, made once for all readers who have the same paper for the same reason. */
@ApplicationScoped
class DigestItems {

    /** An item takes some 3 kB. These bytes hold those of the interests that most readers share; more would save little. */
    private static final long MOST_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    /** What an item takes besides its pieces, in bytes. */
    private static final int OVERHEAD = 1_000;

    private static final int TEASER = 330;
    private static final int LINE = 150;
    private static final int NAMES = 4;

    /** The most keywords or categories that are shown because they met. */
    private static final int MOST_ALSO = 3;

    private final Topics topics;
    private final Highlights highlights;
    private final Cache<Reason, DigestItem> known = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Reason reason, DigestItem item) -> OVERHEAD + item.size())
            .executor(Runnable::run)
            .build();

    DigestItems(Topics topics, Highlights highlights) {
        this.topics = topics;
        this.highlights = highlights;
    }

    /** Everything that a paper's piece of a letter depends on; what is not known is -1. */
    private record Reason(
            long paper,
            long revision,
            boolean full,
            List<String> interests,
            int votes,
            int comments,
            int rank,
            int gained) {}

    private static int known(@Nullable Integer number) {
        return number == null ? -1 : number;
    }

    /**
     * The paper as letters show it to those for whom it was chosen so.
     *
     * @param full whether it has more than its title, a line and the reason
     */
    DigestItem of(Chosen choice, ShownPapers.Shown shown, boolean full) {
        var reason = new Reason(
                choice.paper(),
                shown.paper().revision,
                full,
                choice.interests(),
                known(choice.votes()),
                known(choice.comments()),
                known(choice.rank()),
                choice.gained());
        return known.get(reason, r -> new DigestItem(paper(choice, shown, full), full));
    }

    private DigestView.PaperView paper(Chosen choice, ShownPapers.Shown shown, boolean full) {
        var facts = new ArrayList<String>();
        if (shown.published() != null) {
            facts.add(shown.published());
        }
        if (choice.votes() != null) {
            facts.add(choice.votes() == 1 ? "1 vote" : choice.votes() + " votes");
        }
        if (choice.comments() != null) {
            facts.add(choice.comments() == 1 ? "1 comment" : choice.comments() + " comments");
        }
        Paper paper = shown.paper();
        List<Met> met = choice.interests().stream()
                .map(line -> highlights.met(paper, line))
                .toList();
        List<Part> title = Part.of(paper.title, spans(met, Met.Where.TITLE));
        List<Part> teaser = Excerpt.of(
                paper,
                full ? TEASER : LINE,
                met.stream().map(m -> spans(List.of(m), Met.Where.SUMMARY)).toList());
        List<Part> authors = Byline.of(paper, NAMES, spans(met, Met.Where.AUTHOR));
        List<Part> organization = paper.organization == null
                ? List.of()
                : Part.of(paper.organization, spans(met, Met.Where.ORGANIZATION));
        return new DigestView.PaperView(
                paper.title,
                title,
                shown.link(),
                authors,
                organization,
                facts,
                teaser,
                also(paper, met),
                reasons(choice, met));
    }

    private static List<Met.Span> spans(List<Met> met, Met.Where where) {
        return met.stream()
                .flatMap(m -> m.spans().stream())
                .filter(span -> span.where() == where)
                .distinct()
                .toList();
    }

    /** The keywords and categories of interests that were met nowhere else. */
    private static List<Part> also(Paper paper, List<Met> met) {
        List<Met> elsewhere = met.stream()
                .filter(m -> m.spans().stream()
                        .allMatch(s -> s.where() == Met.Where.KEYWORD || s.where() == Met.Where.CATEGORY))
                .toList();
        var also = new ArrayList<Part>();
        values("Keywords: ", paper.keywords, spans(elsewhere, Met.Where.KEYWORD), also);
        values("Categories: ", paper.categories, spans(elsewhere, Met.Where.CATEGORY), also);
        return also;
    }

    private static void values(String heading, List<String> values, List<Met.Span> spans, List<Part> parts) {
        String before = parts.isEmpty() ? heading : " · " + heading;
        for (int value : spans.stream()
                .mapToInt(Met.Span::value)
                .filter(v -> v < values.size())
                .distinct()
                .limit(MOST_ALSO)
                .toArray()) {
            parts.add(new Part(before, false));
            parts.addAll(Part.of(
                    values.get(value),
                    spans.stream().filter(span -> span.value() == value).toList()));
            before = ", ";
        }
    }

    private List<DigestView.Reason> reasons(Chosen choice, List<Met> met) {
        if (choice.interest() == null) {
            return List.of(new DigestView.Reason(
                    choice.gained() > 0
                            ? "Rising: " + choice.gained() + " votes since the day before"
                            : "Trending" + rank(choice),
                    List.of()));
        }
        var reasons = new ArrayList<DigestView.Reason>();
        for (int i = 0; i < met.size(); i++) {
            String because = because(choice.interests().get(i));
            reasons.add(new DigestView.Reason(
                    i == 0 && choice.gained() > 0 ? because + " · rising" : because,
                    met.get(i).words()));
        }
        return reasons;
    }

    private String because(String line) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> because(interest);
            case InterestError error -> "Your interest " + error.line();
        };
    }

    private String because(Interest interest) {
        return switch (interest.query()) {
            case Query.InTopic topic ->
                "Your topic " + topics.find(topic.slug()).map(Topic::name).orElse(topic.slug());
            case Query.Phrase phrase when phrase.field() == Query.Field.AUTHOR -> "Your author " + phrase.text();
            case Query.Phrase phrase
            when interest.line().equals("\"" + phrase.text() + "\"") -> "Your interest “" + phrase.text() + "”";
            case Query.Phrase phrase -> asTyped(interest);
            case Query.Word word -> asTyped(interest);
            case Query.Exact exact -> asTyped(interest);
            case Query.Prefix prefix -> asTyped(interest);
            case Query.All all -> asTyped(interest);
            case Query.Any any -> asTyped(interest);
            case Query.Not not -> asTyped(interest);
        };
    }

    private static String asTyped(Interest interest) {
        return "Your interest “" + interest.line() + "”";
    }

    private static String rank(Chosen choice) {
        return choice.rank() == null ? "" : ", no. " + choice.rank() + " of its day";
    }
}
