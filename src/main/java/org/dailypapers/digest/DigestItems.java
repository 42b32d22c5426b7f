package org.dailypapers.digest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.Highlights;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;

/** The papers of digests in words, made once for all readers who have the same paper for the same reason. */
@ApplicationScoped
class DigestItems {

    /** An item takes some 3 kB: those of the interests that most readers share, and no more of a large heap than pays. */
    private static final long MOST_BYTES =
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 4);

    /** What an item takes besides its pieces, in bytes. */
    private static final int OVERHEAD = 1_000;

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
            long paper, long revision, String interest, int votes, int comments, int rank, int gained) {}

    private static int known(Integer number) {
        return number == null ? -1 : number;
    }

    /** The paper as letters show it to those for whom it was chosen so. */
    DigestItem of(Chosen choice, ShownPapers.Shown shown) {
        var reason = new Reason(
                choice.paper(),
                shown.paper().revision,
                choice.interest(),
                known(choice.votes()),
                known(choice.comments()),
                known(choice.rank()),
                choice.gained());
        return known.get(reason, r -> new DigestItem(paper(choice, shown)));
    }

    private DigestView.PaperView paper(Chosen choice, ShownPapers.Shown shown) {
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
        return new DigestView.PaperView(
                shown.paper().title,
                shown.link(),
                shown.page(),
                shown.authors(),
                shown.paper().organization,
                facts,
                shown.teaser(),
                why(choice),
                words(choice, shown.paper()));
    }

    private List<String> words(Chosen choice, Paper paper) {
        return choice.interest() == null ? List.of() : highlights.words(paper, choice.interest());
    }

    private String why(Chosen choice) {
        if (choice.interest() == null) {
            return choice.gained() > 0
                    ? "Rising: " + choice.gained() + " votes since the day before"
                    : "Trending" + rank(choice);
        }
        String because = because(choice.interest());
        return choice.gained() > 0 ? because + " · rising" : because;
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
            default -> "Your interest “" + interest.line() + "”";
        };
    }

    private static String rank(Chosen choice) {
        return choice.rank() == null ? "" : ", no. " + choice.rank() + " of its day";
    }
}
