package org.dailypapers.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Ranking;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Topics;

/**
 * A hundred thousand random readers over random papers: the matcher and a slow one that shares no code with it agree in
 * who gets which paper, in what order, by which interest and with what score.
 */
class MatcherOracleTest {

    private static final int CORPORA = 50;
    private static final int PAPERS = 80;
    private static final int LINES = 300;
    private static final int POPULAR = 8;
    private static final int READERS = 2_000;
    private static final double EXACT = 1e-12;

    private static final List<String> WORDS = List.of(
            "agent",
            "agents",
            "agentic",
            "multi-agent",
            "multiagent",
            "model",
            "models",
            "modeling",
            "diffusion",
            "image",
            "images",
            "video",
            "language",
            "languages",
            "large",
            "LLM",
            "LLMs",
            "generation",
            "general",
            "generated",
            "fine-tuning",
            "fine",
            "tuning",
            "tuned",
            "reasoning",
            "robot",
            "robotics",
            "robots",
            "game",
            "games",
            "policy",
            "Policies",
            "RL",
            "RLs",
            "reinforcement",
            "learning",
            "learned",
            "the",
            "of",
            "and",
            "a",
            "for",
            "graph",
            "graphs",
            "retrieval",
            "augmented",
            "RAG",
            "naïve",
            "café",
            "模型",
            "语言",
            "语言模型",
            "α",
            "π0",
            "3D",
            "3-D",
            "GPT-4",
            "GPT4",
            "GPT-4o",
            "C++",
            "R&D",
            "matrix",
            "matrices",
            "basis",
            "self-supervised");
    private static final List<String> PHRASES = List.of(
            "large language models",
            "reinforcement learning",
            "fine tuning",
            "diffusion model",
            "image generation",
            "retrieval-augmented generation",
            "language model",
            "GPT 4",
            "fine-tuning GPT4",
            "matrix basis",
            "the agent",
            "语言模型");
    private static final List<String> NAMES = List.of(
            "Ada King",
            "Grace Hopper",
            "Jörg Müller",
            "Ada Müller",
            "Li Wei",
            "Wei Li",
            "Agent Smith",
            "J. Müller",
            "King, Ada");
    private static final List<String> ORGANIZATIONS = List.of("Meta AI", "Google", "Google Research", "RL Lab");
    private static final List<String> CATEGORIES = List.of("cs.CL", "cs.CV", "cs.LG", "q-bio.NC", "stat.ML", "math.ST");
    private static final List<String> PREFIXES = List.of(
            "ag*",
            "agent*",
            "gener*",
            "robot*",
            "self-super*",
            "fine-tun*",
            "fine-tuni*",
            "gpt4*",
            "gpt-4*",
            "语言*",
            "le*",
            "ima*");

    private static final Map<String, List<String>> TOPICS = new TreeMap<>(Map.of(
            "agents", List.of("agent -game", "title:robot OR \"the agent\""),
            "language", List.of("llm", "(语言 OR language) model -title:video"),
            "none", List.of("nothing-of-this")));

    private static final String ABBREVIATIONS =
            "llm = large language model\nrl = reinforcement learning\nrag = retrieval-augmented generation";
    private static final List<List<String>> FORMS = List.of(
            List.of("llm", "large language model"),
            List.of("rl", "RLs", "reinforcement learning"),
            List.of("rag", "retrieval augmented generation"));

    private Random random;
    private NamedPapers liked = NamedPapers.of(List.of());
    private List<String> named = List.of();

    @Property(tries = CORPORA, seed = "20270302", edgeCases = EdgeCasesMode.NONE)
    void theMatcherAgreesWithASlowOne(@ForAll long seed) {
        random = new Random(seed);
        List<Entry> entries = Listed.entries(corpus());
        liked = NamedPapers.of(entries);
        named = entries.stream().map(e -> e.paper.publicId).distinct().toList();
        List<Interest> lines = Stream.generate(this::interest).limit(LINES).toList();
        String topics = TOPICS.entrySet().stream()
                .map(t -> "[" + t.getKey() + "] Topic\n" + String.join("\n", t.getValue()))
                .collect(Collectors.joining("\n"));
        var slow = new SlowMatcher(entries, TOPICS, others(), liked);
        int chosen = 0;
        var index = new EditionIndex(
                entries, Topics.read(topics), Abbreviations.read(ABBREVIATIONS), Ranking.byTrending(), liked);
        var picker = new Picker(index);
        for (int i = 0; i < READERS; i++) {
            Profile profile = profile(lines);
            Set<Long> seen = seen();
            picker.pick(
                    profile.size(), profile.fill(), profile.minVotes(), seen::contains, index.ask(profile.interests()));
            compare("seed " + seed + ", reader " + i + ": " + profile, slow.match(profile, seen::contains), picker);
            chosen += picker.count();
        }
        assertTrue(chosen > 3 * READERS, "the readers find too little to tell: " + chosen);
    }

    private static Map<String, List<String>> others() {
        var others = new HashMap<String, List<String>>();
        for (List<String> forms : FORMS) {
            for (String form : forms) {
                others.put(
                        String.join(" ", Analysis.words(Analysis.PROSE, form)),
                        forms.stream().filter(f -> !f.equals(form)).toList());
            }
        }
        return others;
    }

    private static void compare(String message, List<SlowMatcher.Choice> expected, Picker picker) {
        assertEquals(expected.size(), picker.count(), message);
        for (int i = 0; i < expected.size(); i++) {
            SlowMatcher.Choice choice = expected.get(i);
            assertEquals(choice.paper(), picker.candidate(i).paper().id, message);
            assertEquals(choice.line(), picker.line(i), message);
            assertEquals(choice.score(), picker.score(i), EXACT, message);
        }
    }

    private Listed[] corpus() {
        var listed = new ArrayList<Listed>();
        while (listed.size() < PAPERS) {
            if (!listed.isEmpty() && random.nextInt(8) == 0) {
                Paper known = one(listed).paper();
                listed(Listed.paper(random.nextInt(3) == 0 ? known.title : text(7))
                                .saying(random.nextInt(3) == 0 ? known.summary + " " + text(60) : known.summary))
                        .forEach(listed::add);
            } else {
                listed(Listed.paper(text(7)).saying(text(60))).forEach(listed::add);
            }
        }
        return listed.toArray(Listed[]::new);
    }

    private Stream<Listed> listed(Listed first) {
        first.saying(text(40))
                .keywords(
                        Stream.generate(() -> text(2)).limit(random.nextInt(3)).toArray(String[]::new))
                .by(Stream.generate(() -> one(NAMES)).limit(random.nextInt(4)).toArray(String[]::new))
                .from(random.nextInt(3) == 0 ? one(ORGANIZATIONS) : null)
                .in(Stream.generate(() -> one(CATEGORIES))
                        .limit(random.nextInt(3))
                        .toArray(String[]::new))
                .votes(random.nextBoolean() ? random.nextInt(6) : null);
        if (random.nextInt(20) == 0) {
            first.withdrawn();
        }
        var entries = new ArrayList<>(List.of(standing(first)));
        while (random.nextInt(4) == 0) {
            entries.add(standing(first.another()));
        }
        return entries.stream();
    }

    private Listed standing(Listed listed) {
        listed.after(random.nextInt(18));
        if (random.nextInt(4) > 0) {
            listed.score(1 + random.nextInt(5) / 4.0).rank(1 + random.nextInt(60));
        }
        return random.nextInt(10) == 0 ? listed.rising(5 + random.nextInt(20)) : listed;
    }

    private String text(int most) {
        return Stream.generate(() -> random.nextInt(8) == 0 ? one(PHRASES) : one(WORDS))
                .limit(1 + random.nextInt(most))
                .collect(Collectors.joining(random.nextInt(9) == 0 ? ", " : " "));
    }

    private Profile profile(List<Interest> lines) {
        // Some lines are had by many: what they give is added up once for all.
        List<Interest> some = random.nextInt(2) == 0 ? lines : lines.subList(0, POPULAR);
        List<Interest> interests =
                Stream.generate(() -> one(some)).limit(random.nextInt(6)).toList();
        int minVotes = random.nextInt(5) == 0 ? random.nextInt(5) : 0;
        return new Profile(interests, 1 + random.nextInt(50), random.nextInt(3) == 0, minVotes);
    }

    private Interest interest() {
        if (random.nextInt(12) == 0) {
            return KnownInterest.of("less:" + one(named) + (random.nextBoolean() ? "" : " ^2"));
        }
        String line = either(2);
        if (random.nextInt(8) == 0) {
            line = "!" + line;
        }
        if (random.nextInt(5) == 0) {
            line += " ^" + one(List.of("0.5", "2", "3.25", "10"));
        }
        return InterestParser.parse(line) instanceof Interest interest ? interest : interest();
    }

    private String either(int depth) {
        return Stream.generate(() -> all(depth))
                .limit(random.nextInt(4) == 0 ? 2 : 1)
                .collect(Collectors.joining(" OR "));
    }

    private String all(int depth) {
        return Stream.generate(() -> (random.nextInt(7) == 0 ? "-" : "") + part(depth))
                .limit(1 + random.nextInt(2))
                .collect(Collectors.joining(" "));
    }

    private String part(int depth) {
        return switch (random.nextInt(depth > 0 ? 13 : 10)) {
            case 0 -> "title:" + one(WORDS);
            case 1 -> "title:\"" + one(PHRASES) + "\"";
            case 2 -> "\"" + one(PHRASES) + "\"";
            case 3 -> "author:\"" + one(NAMES) + "\"";
            case 4 ->
                one(List.of("author:li", "author:muller", "author:ag*", "org:google", "org:\"meta ai\"", "org:rl"));
            case 5 ->
                "category:"
                        + one(List.of("cs.CL", "cs*", "cs.C*", "CL", "cs", "q-bio.NC", "q-bio*", "(cs.CV OR stat*)"));
            case 6 -> "topic:" + one(List.copyOf(TOPICS.keySet()));
            case 7 -> one(PREFIXES);
            case 8 -> "like:" + one(named);
            case 10 -> "(" + either(depth - 1) + ")";
            case 12 -> one(List.of("=LLM", "=agent", "\"=GPT 4\"", "title:=C++", "GPT 4", "-GPT 4"));
            case 11 -> "title:(" + one(WORDS) + " OR \"" + one(PHRASES) + "\")";
            default -> one(WORDS);
        };
    }

    private Set<Long> seen() {
        return random.nextBoolean()
                ? Set.of()
                : new HashSet<>(random.longs(20, 1, PAPERS).boxed().toList());
    }

    private <T> T one(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
