package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.letter.Sender;
import org.dailypapers.matching.Highlights;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.Links;

/** Puts a digest into words: the same digest always into the same ones, but for papers withdrawn meanwhile. */
@ApplicationScoped
class DigestContent {

    /** The origin of the bundled papers, see {@code source}, which this room does not know. */
    private static final String SAMPLE_ORIGIN = "sample";

    private static final int TEASER = 330;
    private static final int NAMES = 4;
    private static final DateTimeFormatter LONG_DATE = DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SHORT_DATE = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final EntityManager database;
    private final Papers papers;
    private final Topics topics;
    private final Highlights highlights;
    private final Links links;
    private final Sender sender;

    DigestContent(
            EntityManager database, Papers papers, Topics topics, Highlights highlights, Links links, Sender sender) {
        this.database = database;
        this.papers = papers;
        this.topics = topics;
        this.highlights = highlights;
        this.links = links;
        this.sender = sender;
    }

    /** The letter; papers that were withdrawn or removed since composing are left out. */
    DigestView view(Digest digest, boolean personal) {
        List<Chosen> chosen = digest.chosen();
        Map<Long, Paper> byId = papers.byIds(chosen.stream().map(Chosen::paper).toList()).stream()
                .filter(p -> !p.withdrawn)
                .collect(Collectors.toMap(p -> p.id, Function.identity()));
        var shown = new ArrayList<DigestView.PaperView>();
        boolean sample = false;
        for (Chosen choice : chosen) {
            Paper paper = byId.get(choice.paper());
            if (paper != null) {
                shown.add(paper(shown.size() + 1, choice, paper));
                sample |= paper.origin.equals(SAMPLE_ORIGIN);
            }
        }
        Subscriber subscriber = database.find(Subscriber.class, digest.subscriberId);
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
                links.preferences(subscriber.id, digest.composedAt),
                links.unsubscribe(subscriber.id, digest.composedAt),
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

    private DigestView.PaperView paper(int position, Chosen choice, Paper paper) {
        URI page = links.page(paper.path());
        URI link = paper.link();
        var facts = new ArrayList<String>();
        if (paper.published != null) {
            facts.add(SHORT_DATE.format(paper.published.atOffset(ZoneOffset.UTC)));
        }
        if (choice.votes() != null) {
            facts.add(choice.votes() == 1 ? "1 vote" : choice.votes() + " votes");
        }
        if (choice.comments() != null) {
            facts.add(choice.comments() == 1 ? "1 comment" : choice.comments() + " comments");
        }
        return new DigestView.PaperView(
                position,
                paper.title,
                link == null ? page : link,
                page,
                paper.byline(NAMES),
                paper.organization,
                facts,
                paper.excerpt(TEASER),
                why(choice),
                words(choice, paper));
    }

    private String words(Chosen choice, Paper paper) {
        List<String> words = choice.interest() == null ? List.of() : highlights.words(paper, choice.interest());
        return words.isEmpty() ? null : String.join(", ", words);
    }

    private String why(Chosen choice) {
        if (choice.interest() == null) {
            return choice.gained() > 0
                    ? "Rising: " + choice.gained() + " votes since the day before"
                    : "Trending" + rank(choice);
        }
        String because =
                switch (InterestParser.parse(choice.interest())) {
                    case Interest interest -> because(interest);
                    case org.dailypapers.interest.InterestError error -> "Your interest " + error.line();
                };
        return choice.gained() > 0 ? because + " · rising" : because;
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
