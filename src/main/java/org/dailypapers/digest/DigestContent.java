package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.letter.Sender;
import org.dailypapers.matching.Highlights;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.token.Links;

/** Puts a digest into words: the same digest always into the same ones, but for papers withdrawn meanwhile. */
@ApplicationScoped
class DigestContent {

    private static final int MOST_KEPT = 50_000;
    private static final DateTimeFormatter LONG_DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final ShownPapers papers;
    private final Topics topics;
    private final Highlights highlights;
    private final Links links;
    private final Sender sender;

    /** What is said of an interest, by its line: many readers share it. */
    private final Map<String, String> because = new ConcurrentHashMap<>();

    DigestContent(ShownPapers papers, Topics topics, Highlights highlights, Links links, Sender sender) {
        this.papers = papers;
        this.topics = topics;
        this.highlights = highlights;
        this.links = links;
        this.sender = sender;
    }

    /**
     * The letter; papers that were withdrawn or removed since composing are left out.
     *
     * @param newestChange when a paper was last changed
     */
    DigestView view(Digest digest, Instant newestChange, boolean personal) {
        List<Chosen> chosen = digest.chosen();
        Map<Long, ShownPapers.Shown> byId =
                papers.of(chosen.stream().map(Chosen::paper).toList(), newestChange);
        var shown = new ArrayList<DigestView.PaperView>();
        boolean sample = false;
        for (Chosen choice : chosen) {
            ShownPapers.Shown paper = byId.get(choice.paper());
            if (paper != null && !paper.withdrawn()) {
                shown.add(paper(shown.size() + 1, choice, paper));
                sample |= paper.sample();
            }
        }
        String title = shown.isEmpty() ? "Daily Papers" : shown.getFirst().title();
        return new DigestView(
                title,
                LONG_DATE.format(digest.localDate),
                summary(digest, shown.size(), chosen),
                shown,
                0,
                personal,
                sample,
                links.base(),
                links.preferences(digest.subscriberId, digest.composedAt),
                links.unsubscribe(digest.subscriberId, digest.composedAt),
                links.letter(digest.id, digest.composedAt),
                sender.postalAddress().orElse(null));
    }

    private static String summary(Digest digest, int count, List<Chosen> chosen) {
        long trending = chosen.stream().filter(c -> c.interest() == null).count();
        String papers = count == 1 ? "One paper" : count + " papers";
        LocalDate first = digest.from.plusDays(1);
        String when = first.equals(digest.to)
                ? "from the edition of " + LONG_DATE.format(digest.to)
                : "from the editions of " + SHORT_DATE.format(first) + " to " + SHORT_DATE.format(digest.to);
        if (trending == chosen.size()) {
            return papers + " that readers talk about, " + when + ".";
        }
        return papers + " for you " + when
                + (trending == 0 ? "." : "; the last " + plural(trending, "is", "are") + " trending.");
    }

    private static String plural(long n, String one, String many) {
        return n == 1 ? "one " + one : n + " " + many;
    }

    private DigestView.PaperView paper(int position, Chosen choice, ShownPapers.Shown shown) {
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
                position,
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
        String known = because.get(line);
        if (known == null) {
            known = switch (InterestParser.parse(line)) {
                case Interest interest -> because(interest);
                case InterestError error -> "Your interest " + error.line();
            };
            if (because.size() >= MOST_KEPT) {
                because.clear();
            }
            because.put(line, known);
        }
        return known;
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
