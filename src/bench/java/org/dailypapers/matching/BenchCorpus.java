package org.dailypapers.matching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.index.Twins;
import org.dailypapers.paper.Entry;

/**
 * Papers and interests for benchmarks: real ones where the data lie beside the project, else made ones of the same
 * shape.
 *
 * @param name what they are
 * @param papers title and abstract of each
 * @param keywords words and phrases of the papers, most frequent first
 */
public record BenchCorpus(String name, List<Text> papers, List<String> keywords) {

    private static final Path DATA = Path.of("../shared/data");

    /** A paper's words. */
    public record Text(String title, String summary) {}

    /** As many papers and as many distinct keywords, if there are so many. */
    public static BenchCorpus of(int papers, int keywords) throws IOException {
        Path arxiv = DATA.resolve("arxiv-metadata/papers.jsonl");
        if (!Files.exists(arxiv)) {
            List<Text> made = made(new Random(1), Math.max(papers, 10_000));
            return new BenchCorpus(
                    "a made corpus (the real one is not beside the project)",
                    made.subList(0, papers),
                    keywords(Map.of(), made, keywords));
        }
        var texts = new ArrayList<Text>();
        var json = new ObjectMapper();
        try (Stream<String> lines = Files.lines(arxiv)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode paper = json.readTree(line);
                texts.add(new Text(
                        paper.path("title").asText(), paper.path("abstract").asText()));
            }
        }
        return new BenchCorpus(
                "real papers of arXiv", texts.subList(0, papers), keywords(taggedKeywords(json), texts, keywords));
    }

    /** Entries of one edition, with votes for a fifth of the papers. */
    List<Entry> entries() {
        var random = new Random(2);
        return Listed.entries(papers.stream()
                .map(p -> {
                    Listed listed = Listed.paper(p.title()).saying(p.summary());
                    return random.nextInt(5) == 0
                            ? listed.votes(1 + random.nextInt(100)).score(1 + random.nextDouble())
                            : listed;
                })
                .toArray(Listed[]::new));
    }

    /** The keywords as lines of the language, most frequent first; a tenth of them exclude something. */
    public List<String> lines() {
        var random = new Random(3);
        return keywords.stream()
                .map(k -> k.contains(" ") ? "\"" + k + "\"" : k)
                .map(k -> random.nextInt(10) == 0
                        ? k + " -" + one(keywords.subList(0, 2000), random).split(" ")[0]
                        : k)
                .filter(k -> InterestParser.parse(k) instanceof Interest)
                .toList();
    }

    private static Map<String, Integer> taggedKeywords(ObjectMapper json) throws IOException {
        var counts = new HashMap<String, Integer>();
        Path folder = DATA.resolve("hf-daily-papers/days");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    json.readTree(file.toFile())
                            .findValues("ai_keywords")
                            .forEach(tags -> tags.forEach(
                                    tag -> counts.merge(tag.asText().toLowerCase(Locale.ROOT), 1, Integer::sum)));
                }
            }
        }
        return counts;
    }

    /** What papers were tagged with, most frequent first, then what stands in titles. */
    private static List<String> keywords(Map<String, Integer> tagged, List<Text> papers, int most) {
        var inTitles = new HashMap<String, Integer>();
        for (Text paper : papers) {
            phrases(paper).forEach(phrase -> inTitles.merge(phrase, 1, Integer::sum));
        }
        return Stream.of(tagged, inTitles)
                .flatMap(counts -> counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey))
                .filter(k ->
                        !k.isBlank() && k.chars().allMatch(c -> c == ' ' || c == '-' || Character.isLetterOrDigit(c)))
                .distinct()
                .limit(most)
                .toList();
    }

    /** The words of a title of four letters and more, and two and three of them that stand together. */
    private static Set<String> phrases(Text paper) {
        List<String> words = Twins.words(paper.title());
        var phrases = new LinkedHashSet<String>();
        for (int length = 1; length <= 3; length++) {
            for (int i = 0; i + length <= words.size(); i++) {
                List<String> phrase = words.subList(i, i + length);
                if (phrase.getFirst().length() > 3 && phrase.getLast().length() > 3) {
                    phrases.add(String.join(" ", phrase));
                }
            }
        }
        return phrases;
    }

    private static List<Text> made(Random random, int papers) {
        List<String> words = IntStream.range(0, 30_000)
                .mapToObj(i -> Long.toString(Math.floorMod(i * 2_654_435_761L, 1L << 33), 36))
                .map(w -> "w" + w)
                .toList();
        var zipf = new Zipf(words.size());
        return Stream.generate(() -> new Text(text(words, zipf, random, 10), text(words, zipf, random, 180)))
                .limit(papers)
                .toList();
    }

    private static String text(List<String> words, Zipf zipf, Random random, int length) {
        return Stream.generate(() -> words.get(zipf.next(random))).limit(length).collect(Collectors.joining(" "));
    }

    private static <T> T one(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    /** Numbers from 0, the n-th drawn with a probability in proportion to 1/n. */
    public static final class Zipf {
        private final double[] sums;

        public Zipf(int size) {
            sums = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += 1.0 / (i + 1);
                sums[i] = sum;
            }
        }

        public int next(Random random) {
            int place = java.util.Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
            return place < 0 ? Math.min(-place - 1, sums.length - 1) : place;
        }
    }
}
