package org.dailypapers.digest.letter;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.dailypapers.digest.Chosen;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.Query;
import org.dailypapers.language.Language;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.matching.index.Highlights;
import org.dailypapers.matching.index.Met;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.matching.likeness.LikedPapers.LikedPaper;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Titles;
import org.dailypapers.paper.Topic;
import org.dailypapers.paper.Topics;
import org.dailypapers.template.Rendering;
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

    /** What is said of a liked paper's title. */
    private static final int LIKED = 90;

    private static final String LIKE = "like:";

    /** The most keywords or categories that are shown because they met. */
    private static final int MOST_ALSO = 3;

    private final Topics topics;
    private final Highlights highlights;
    private final LearnedCatalogue liked;
    private final Cache<Reason, DigestItem> known = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((Reason reason, DigestItem item) -> OVERHEAD + item.size())
            .executor(Runnable::run)
            .build();

    DigestItems(Topics topics, Highlights highlights, LearnedCatalogue liked) {
        this.liked = liked;
        this.topics = topics;
        this.highlights = highlights;
    }

    /**
     * Everything that a paper's piece of a letter depends on; what is not known is -1.
     *
     * @param templates the revision of what it is written with
     * @param liked the revision of the paper that one of the interests names
     */
    private record Reason(
            long paper,
            long revision,
            boolean full,
            Language language,
            long templates,
            List<String> interests,
            List<String> stems,
            long liked,
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
     * @param revision of the newest change of a paper
     */
    DigestItem of(Chosen choice, ShownPapers.Shown shown, boolean full, long revision, Language language) {
        Optional<LikedPaper> named = choice.interests().stream()
                .flatMap(line -> named(line).stream())
                .flatMap(id -> liked.find(id, revision).stream())
                .findFirst();
        var reason = new Reason(
                choice.paper(),
                shown.paper().revision,
                full,
                language,
                Rendering.revision(),
                choice.interests(),
                choice.stems(),
                named.map(LikedPaper::revision).orElse(-1L),
                known(choice.votes()),
                known(choice.comments()),
                known(choice.rank()),
                choice.gained());
        return known.get(reason, r -> new DigestItem(paper(choice, shown, full, named, language), full));
    }

    /** Reads the papers that the reasons of letters name, all in one go. */
    void readNamed(Connection connection, Collection<AddressedDigest> letters) throws SQLException {
        List<String> ids = letters.stream()
                .map(AddressedDigest::digest)
                .filter(digest -> digest.items.contains(LIKE))
                .flatMap(digest -> digest.chosen().stream())
                .flatMap(choice -> choice.interests().stream())
                .flatMap(line -> named(line).stream())
                .toList();
        liked.read(
                connection,
                ids,
                letters.stream().mapToLong(AddressedDigest::revision).max().orElse(Long.MIN_VALUE));
    }

    /** The id of the paper that the line names. */
    private static Optional<String> named(String line) {
        return line.contains(LIKE)
                        && InterestParser.parse(line) instanceof Interest interest
                        && interest.query() instanceof Query.Like like
                ? Optional.of(like.id())
                : Optional.empty();
    }

    private DigestView.PaperView paper(
            Chosen choice, ShownPapers.Shown shown, boolean full, Optional<LikedPaper> named, Language language) {
        LetterMessages words = language.letter();
        Paper paper = shown.paper();
        var facts = new ArrayList<String>();
        if (paper.published != null) {
            facts.add(language.shortDate(LocalDate.ofInstant(paper.published, ZoneOffset.UTC)));
        }
        if (choice.votes() != null) {
            facts.add(words.votes(choice.votes()));
        }
        if (choice.comments() != null) {
            facts.add(words.comments(choice.comments()));
        }
        List<Met> met = choice.interests().stream()
                .map(line -> highlights.met(paper, line, choice.stems()))
                .toList();
        List<Part> title = Part.of(paper.title, spans(met, Met.Where.TITLE));
        List<Part> teaser = Excerpt.of(
                paper,
                full ? TEASER : LINE,
                met.stream().map(m -> spans(List.of(m), Met.Where.SUMMARY)).toList());
        List<Part> authors = Byline.of(paper, NAMES, spans(met, Met.Where.AUTHOR), words);
        List<Part> organization = paper.organization == null
                ? List.of()
                : Part.of(paper.organization, spans(met, Met.Where.ORGANIZATION));
        return new DigestView.PaperView(
                language,
                paper.title,
                title,
                shown.link(),
                authors,
                organization,
                facts,
                teaser,
                also(paper, met, words),
                reasons(choice, met, named, words),
                choice.paper(),
                choice.interest() != null);
    }

    private static List<Met.Span> spans(List<Met> met, Met.Where where) {
        return met.stream()
                .flatMap(m -> m.spans().stream())
                .filter(span -> span.where() == where)
                .distinct()
                .toList();
    }

    /** The keywords and categories of interests that were met nowhere else. */
    private static List<Part> also(Paper paper, List<Met> met, LetterMessages words) {
        List<Met> elsewhere = met.stream()
                .filter(m -> m.spans().stream()
                        .allMatch(s -> s.where() == Met.Where.KEYWORD || s.where() == Met.Where.CATEGORY))
                .toList();
        var also = new ArrayList<Part>();
        values(words.keywords() + " ", paper.keywords, spans(elsewhere, Met.Where.KEYWORD), also);
        values(words.categories() + " ", paper.categories, spans(elsewhere, Met.Where.CATEGORY), also);
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

    private List<DigestView.Reason> reasons(
            Chosen choice, List<Met> met, Optional<LikedPaper> named, LetterMessages words) {
        if (choice.interest() == null) {
            return List.of(new DigestView.Reason(publicly(choice, words), List.of()));
        }
        var reasons = new ArrayList<DigestView.Reason>();
        for (int i = 0; i < met.size(); i++) {
            String because = because(choice.interests().get(i), named, words);
            reasons.add(new DigestView.Reason(
                    i == 0 && choice.gained() > 0 ? words.andRising(because) : because,
                    met.get(i).words()));
        }
        return reasons;
    }

    /** Why a paper is there that met no interest. */
    private static String publicly(Chosen choice, LetterMessages words) {
        if (choice.gained() > 0) {
            return words.rising(choice.gained());
        }
        return choice.rank() == null ? words.trending() : words.trendingAt(choice.rank());
    }

    private String because(String line, Optional<LikedPaper> named, LetterMessages words) {
        return switch (InterestParser.parse(line)) {
            case Interest interest -> because(interest, named, words);
            case InterestError error -> words.yourInterest(error.line());
        };
    }

    private String because(Interest interest, Optional<LikedPaper> named, LetterMessages words) {
        return switch (interest.query()) {
            case Query.InTopic topic ->
                words.yourTopic(topics.find(topic.slug()).map(Topic::name).orElse(topic.slug()));
            case Query.Phrase phrase -> because(phrase, interest.line(), words);
            case Query.Like like ->
                words.youLiked(named.map(paper -> Titles.shortened(paper.text().title(), LIKED))
                        .orElse(like.id()));
            case Query.Word word -> words.yourInterest(interest.line());
            case Query.Exact exact -> words.yourInterest(interest.line());
            case Query.Prefix prefix -> words.yourInterest(interest.line());
            case Query.All all -> words.yourInterest(interest.line());
            case Query.Any any -> words.yourInterest(interest.line());
            case Query.Not not -> words.yourInterest(interest.line());
        };
    }

    private static String because(Query.Phrase phrase, String line, LetterMessages words) {
        if (phrase.field() == Query.Field.AUTHOR) {
            return words.yourAuthor(phrase.text());
        }
        return words.yourInterest(line.equals("\"" + phrase.text() + "\"") ? phrase.text() : line);
    }
}
