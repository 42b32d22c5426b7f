package org.dailypapers.matching;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import java.io.PrintStream;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Hits;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;
import org.dailypapers.source.PaperRecord;

/**
 * What a profile of one keyword finds among papers that a model has tagged with keywords.
 *
 * <p>The papers that carry the keyword are the relevant ones: either as it is but for its case, or in any writing, as
 * {@code fine-tuning}, {@code Finetuning} and {@code fine tunings} are one. The tags are incomplete: many papers speak of
 * what they are not tagged with, so precision tells something only beside that of plain phrases. Of the means over
 * keywords, one that finds nothing has precision 0.
 */
final class KeywordQuality {

    private static final int[] CARRIERS = {3, 5};
    private static final int WORST = 20;
    private static final double ENOUGH = 0.97;

    private final PrintStream out;
    private final List<Paper> papers;
    private final EditionIndex withKeywords;
    private final EditionIndex textOnly;
    private final List<String> plainText;
    private final List<String> plainAll;

    KeywordQuality(List<PaperRecord> records, PrintStream out) {
        this.out = out;
        var entries = QualityBench.entries(records, true);
        papers = entries.stream().map(e -> e.paper).toList();
        withKeywords = new EditionIndex(entries, Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
        textOnly = new EditionIndex(
                QualityBench.entries(records, false), Topics.read(""), Abbreviations.builtIn(), Ranking.byTrending());
        plainText = papers.stream().map(p -> lower(p.title + "\n" + p.summary)).toList();
        plainAll = papers.stream()
                .map(p -> lower(p.title + "\n" + p.summary + "\n" + String.join("\n", p.keywords)))
                .toList();
    }

    /** A keyword, in lower case, and the papers that carry it. */
    private record Tag(String keyword, BitSet relevant) {}

    void print() {
        out.printf("Keywords: %,d papers%n", papers.size());
        for (int atLeast : CARRIERS) {
            finding("as it is", tags(KeywordQuality::lower, atLeast), atLeast);
        }
        finding("in any writing", tags(KeywordQuality::anyWriting, CARRIERS[1]), CARRIERS[1]);
        List<Tag> tags = tags(KeywordQuality::lower, CARRIERS[0]);
        abbreviated(tags);
        List<Miss> misses = misses(tags);
        worst(tags, misses);
        causes(misses);
    }

    /** The keywords that so many papers carry, each in its most frequent writing. */
    private List<Tag> tags(UnaryOperator<String> identity, int atLeast) {
        var carriers = new TreeMap<String, BitSet>();
        var writings = new HashMap<String, Map<String, Integer>>();
        for (int i = 0; i < papers.size(); i++) {
            for (String keyword : papers.get(i).keywords) {
                String key = identity.apply(keyword);
                carriers.computeIfAbsent(key, k -> new BitSet()).set(i);
                writings.computeIfAbsent(key, k -> new TreeMap<>()).merge(lower(keyword), 1, Integer::sum);
            }
        }
        return carriers.entrySet().stream()
                .filter(e -> e.getValue().cardinality() >= atLeast)
                .map(e -> new Tag(mostFrequent(writings.get(e.getKey())), e.getValue()))
                .toList();
    }

    private static String mostFrequent(Map<String, Integer> counts) {
        return Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    }

    /** Letters, digits and plus signs, without the plural. */
    private static String anyWriting(String keyword) {
        String letters = lower(keyword).replaceAll("[^\\p{L}\\p{N}+]", "");
        return letters.replaceAll("(?<=..[^s])s$", "");
    }

    private void finding(String identity, List<Tag> tags, int atLeast) {
        out.printf(
                "%nA profile of one keyword, for the %,d that %d papers at least carry, %s%n",
                tags.size(), atLeast, identity);
        heading();
        row("plain phrase, title+abstract", tags, t -> plain(plainText, t.keyword));
        row("plain phrase, and keywords", tags, t -> plain(plainAll, t.keyword));
        row("ours in quotes, title+abstract", tags, t -> asked(textOnly, quoted(t.keyword)));
        row("ours in quotes, and keywords", tags, t -> asked(withKeywords, quoted(t.keyword)));
        row("… the best, until 0.97 are found", tags, t -> best(withKeywords, t, quoted(t.keyword)));
        row("ours as words, title+abstract", tags, t -> asked(textOnly, words(t.keyword)));
        row("ours as words, and keywords", tags, t -> asked(withKeywords, words(t.keyword)));
    }

    private void abbreviated(List<Tag> tags) {
        var other = new TreeMap<String, String>();
        tags.forEach(t -> otherForm(t.keyword).ifPresent(form -> other.put(t.keyword, form)));
        for (boolean brief : new boolean[] {false, true}) {
            List<Tag> some = tags.stream()
                    .filter(t -> other.containsKey(t.keyword) && isOneWord(t.keyword) == brief)
                    .toList();
            out.printf(
                    "%nThe %d keywords that are %s, asked by the other form%n",
                    some.size(), brief ? "abbreviations" : "long forms of an abbreviation");
            heading();
            row("plain phrase, as tagged", some, t -> plain(plainText, t.keyword));
            row("plain phrase, other form", some, t -> plain(plainText, other.get(t.keyword)));
            row("ours, as tagged, title+abstract", some, t -> asked(textOnly, quoted(t.keyword)));
            row("ours, other form, title+abstract", some, t -> asked(textOnly, quoted(other.get(t.keyword))));
            row("ours, other form, and keywords", some, t -> asked(withKeywords, quoted(other.get(t.keyword))));
            row("… the best, until 0.97 are found", some, t -> best(withKeywords, t, quoted(other.get(t.keyword))));
        }
    }

    /** The abbreviation of a long form, or the long form of an abbreviation. */
    private static Optional<String> otherForm(String keyword) {
        return Abbreviations.builtIn().others(keyword).stream()
                .filter(form -> isOneWord(form) != isOneWord(keyword))
                .findFirst();
    }

    private static boolean isOneWord(String text) {
        return Analysis.words(Analysis.PROSE, text).size() == 1;
    }

    private void heading() {
        out.printf("  %-34s %13s   %15s%n", "", "recall", "precision");
        out.printf("  %-34s %6s %6s   %8s %6s%n", "asked and searched", "micro", "macro", "micro", "macro");
    }

    private void row(String name, List<Tag> tags, Function<Tag, BitSet> finder) {
        long relevant = 0;
        long found = 0;
        long both = 0;
        double recall = 0;
        double precision = 0;
        for (Tag tag : tags) {
            BitSet answer = finder.apply(tag);
            int right = right(tag, answer);
            relevant += tag.relevant.cardinality();
            found += answer.cardinality();
            both += right;
            recall += (double) right / tag.relevant.cardinality();
            precision += answer.isEmpty() ? 0 : (double) right / answer.cardinality();
        }
        out.printf(
                Locale.ROOT,
                "  %-34s %6.3f %6.3f   %8.3f %6.3f%n",
                name,
                (double) both / relevant,
                recall / tags.size(),
                (double) both / found,
                precision / tags.size());
    }

    private static int right(Tag tag, BitSet answer) {
        BitSet right = (BitSet) answer.clone();
        right.and(tag.relevant);
        return right.cardinality();
    }

    private static BitSet plain(List<String> texts, String phrase) {
        var found = new BitSet();
        for (int i = 0; i < texts.size(); i++) {
            found.set(i, texts.get(i).contains(phrase));
        }
        return found;
    }

    private static BitSet asked(EditionIndex index, String line) {
        var found = new BitSet();
        Matcher.found(index, line).forEach(c -> found.set((int) (c.paper().id - 1)));
        return found;
    }

    /** The best papers by their score, as many as hold {@link #ENOUGH} of the relevant ones; all where they do not. */
    private static BitSet best(EditionIndex index, Tag tag, String line) {
        Hits hits = index.ask(line).orElseThrow();
        var found = new BitSet();
        for (int i = 0; i < hits.size() && right(tag, found) < ENOUGH * tag.relevant.cardinality(); i++) {
            found.set((int) (index.paperId(hits.document(i)) - 1));
        }
        return found;
    }

    private static String quoted(String keyword) {
        return '"' + words(keyword) + '"';
    }

    /** The keyword without what the language of interests gives a meaning. */
    private static String words(String keyword) {
        return keyword.replaceAll("[\"“”„()^*!:]", " ").strip();
    }

    /** A keyword that a paper carries and is not found by. */
    private record Miss(String keyword, int paper) {}

    private List<Miss> misses(List<Tag> tags) {
        return tags.stream()
                .flatMap(t -> {
                    BitSet missed = (BitSet) t.relevant.clone();
                    missed.andNot(asked(textOnly, quoted(t.keyword)));
                    return missed.stream().mapToObj(paper -> new Miss(t.keyword, paper));
                })
                .toList();
    }

    private void worst(List<Tag> tags, List<Miss> misses) {
        Map<String, List<Miss>> missed = misses.stream().collect(groupingBy(Miss::keyword, TreeMap::new, toList()));
        Map<String, BitSet> relevant = tags.stream().collect(toMap(Tag::keyword, Tag::relevant));
        out.printf("%nThe %d keywords most missed, in quotes, title+abstract%n", WORST);
        out.printf("  %-34s %8s %6s  %s%n", "keyword", "relevant", "missed", "such as");
        missed.entrySet().stream()
                .sorted(comparing(e -> -e.getValue().size()))
                .limit(WORST)
                .forEach(e -> out.printf(
                        "  %-34s %8d %6d  %s%n",
                        e.getKey(),
                        relevant.get(e.getKey()).cardinality(),
                        e.getValue().size(),
                        papers.get(e.getValue().getFirst().paper).title));
    }

    /** Why a paper that carries a keyword is not found by it, the first that holds. */
    private enum Cause {
        PART_OF_WORD("it stands there inside another word"),
        SYMBOLS("it stands there, and its symbols or letters are read otherwise"),
        JOINED("hyphen, space or camel case: the letters are there"),
        APART("all its words are there, but not side by side"),
        ENDINGS("all its words are there with other endings"),
        PARTLY("only some of its words are there"),
        ABSENT("none of its words is there");

        private final String meaning;

        Cause(String meaning) {
            this.meaning = meaning;
        }
    }

    private void causes(List<Miss> misses) {
        Map<Cause, List<Miss>> byCause =
                misses.stream().collect(groupingBy(this::cause, () -> new EnumMap<>(Cause.class), toList()));
        out.printf("%nWhy the %,d were missed%n", misses.size());
        byCause.forEach((cause, all) -> out.printf(
                "  %6d  %-64s %s%n",
                all.size(),
                cause.meaning,
                String.join(
                        "; ",
                        all.stream().map(Miss::keyword).distinct().limit(6).toList())));
    }

    private Cause cause(Miss miss) {
        String text = plainText.get(miss.paper);
        if (text.contains(miss.keyword)) {
            return stands(text, miss.keyword) ? Cause.SYMBOLS : Cause.PART_OF_WORD;
        }
        if (letters(text).contains(letters(miss.keyword))) {
            return Cause.JOINED;
        }
        List<String> words = Analysis.words(Analysis.PROSE, miss.keyword);
        Set<String> there = new HashSet<>(Analysis.words(Analysis.PROSE, text));
        if (there.containsAll(words)) {
            return Cause.APART;
        }
        if (words.stream().allMatch(w -> there.stream().anyMatch(t -> alike(w, t)))) {
            return Cause.ENDINGS;
        }
        return words.stream().anyMatch(w -> there.stream().anyMatch(t -> alike(w, t))) ? Cause.PARTLY : Cause.ABSENT;
    }

    private static boolean stands(String text, String phrase) {
        for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
            int end = at + phrase.length();
            boolean opens = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            boolean closes = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (opens && closes) {
                return true;
            }
        }
        return false;
    }

    private static String letters(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}\n]", "");
    }

    /** Whether the words begin alike, but for their last few letters. */
    private static boolean alike(String one, String other) {
        int head = Math.max(4, Math.min(one.length(), other.length()) - 3);
        return one.length() >= head && other.length() >= head && one.regionMatches(0, other, 0, head);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
