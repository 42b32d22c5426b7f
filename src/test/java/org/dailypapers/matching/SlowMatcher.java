package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.KnownInterest;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.matching.name.PersonNames;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.Paper;

/**
 * The matcher's rules once more, without an index: each interest is tested on each paper, word by word. It shares the
 * analysis of words with the real one and nothing else.
 */
final class SlowMatcher {

    /** A paper that is chosen: its id, the line that it meets or null, and its score. */
    record Choice(long paper, String line, double score) {}

    private record Standing(
            int number,
            Paper paper,
            double trending,
            int rank,
            boolean talkedAbout,
            Map<String, List<List<String>>> texts) {}

    private record Place(String name, double weight) {}

    private static final Map<String, String> CHANGES = Map.of(
            "(?i)(?<=\\bmulti)[- ](?=\\p{L}{4})", "",
            "(?i)(?<=\\bmulti)(?=\\p{L}{4})", "-",
            "(?i)(?<=\\bfine)[- ](?=\\p{L}{4})", "",
            "(?i)(?<=\\bfine)(?=\\p{L}{4})", "-",
            "(?<=\\p{L})[- ](?=\\d)|(?<=\\d)[- ](?=\\p{L})", "",
            "(?<=\\p{L})(?=\\d)|(?<=\\d)(?=\\p{L})", "-");
    private static final Map<String, String> FORMS = Map.of("basis", "bases");

    private final Map<String, List<Query>> topics = new HashMap<>();
    private final Map<String, List<String>> abbreviations;
    private final List<Standing> papers = new ArrayList<>();
    private final Map<Query, Map<Standing, Double>> leaves = new HashMap<>();
    private final Map<Long, Boolean> twins = new HashMap<>();

    /** In how many papers each run of five words stands. */
    private final Map<List<String>, Integer> holding = new HashMap<>();

    private final LikedPapers liked;
    private final Map<Paper, float[]> places = new IdentityHashMap<>();
    private final Map<String, Map<Standing, Double>> nearest = new HashMap<>();

    private final Map<Interest, double[]> tested = new IdentityHashMap<>();
    private final Map<String, String> stems = new HashMap<>();

    /**
     * @param topics the lines of each
     * @param abbreviations for the stems of each form, joined by spaces, the texts of its others
     */
    SlowMatcher(
            List<Entry> entries,
            Map<String, List<String>> topics,
            Map<String, List<String>> abbreviations,
            LikedPapers liked) {
        this.liked = liked;
        topics.forEach((slug, lines) -> this.topics.put(
                slug, lines.stream().map(l -> KnownInterest.of(l).query()).toList()));
        this.abbreviations = abbreviations;
        var byPaper = new LinkedHashMap<Paper, List<Entry>>();
        for (Entry entry : entries) {
            boolean fresh = entry.edition.toEpochDay() - entry.paper.firstEdition.toEpochDay() < 14;
            if (fresh && !entry.paper.withdrawn) {
                byPaper.computeIfAbsent(entry.paper, p -> new ArrayList<>()).add(entry);
            }
        }
        byPaper.forEach((paper, its) -> papers.add(standing(papers.size(), paper, its)));
    }

    private static Standing standing(int number, Paper paper, List<Entry> entries) {
        double trending = 0;
        int rank = Integer.MAX_VALUE;
        boolean talkedAbout = paper.votes != null && paper.votes > 0;
        for (Entry entry : entries) {
            trending = Math.max(trending, entry.score == null ? 1 : entry.score);
            rank = Math.min(rank, entry.rank == null ? Integer.MAX_VALUE : entry.rank);
            talkedAbout |= entry.gained != null && entry.gained > 0;
        }
        var texts = new HashMap<String, List<List<String>>>();
        texts.put("title", words(Analysis.PROSE, List.of(paper.title)));
        texts.put("summary", words(Analysis.PROSE, List.of(paper.summary)));
        texts.put("keywords", words(Analysis.PROSE, paper.keywords));
        texts.put("title=", words(Analysis.EXACT, List.of(paper.title)));
        texts.put("summary=", words(Analysis.EXACT, List.of(paper.summary)));
        texts.put("keywords=", words(Analysis.EXACT, paper.keywords));
        texts.put("author", words(Analysis.NAMES, paper.authors));
        texts.put("org", words(Analysis.NAMES, paper.organization == null ? List.of() : List.of(paper.organization)));
        texts.put(
                "category",
                paper.categories.stream().map(c -> List.of(plain(c))).toList());
        return new Standing(number, paper, trending, rank, talkedAbout, texts);
    }

    private static List<List<String>> words(Analyzer analyzer, List<String> texts) {
        return texts.stream().map(t -> Analysis.words(analyzer, t)).toList();
    }

    private static String plain(String category) {
        return category.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    List<Choice> match(Profile profile, LongPredicate seen) {
        Comparator<Standing> byTrending = (a, b) -> {
            int order = Double.compare(b.trending(), a.trending());
            order = order != 0 ? order : Integer.compare(a.rank(), b.rank());
            return order != 0 ? order : a.paper().publicId.compareTo(b.paper().publicId);
        };
        List<Standing> open = new ArrayList<>();
        for (Standing standing : papers) {
            Paper paper = standing.paper();
            boolean few = profile.minVotes() > 0 && (paper.votes == null || paper.votes < profile.minVotes());
            if (!few && !seen.test(paper.id) && !muted(profile, standing) && !lessened(profile, standing)) {
                open.add(standing);
            }
        }
        open.sort(byTrending);
        var chosen = new ArrayList<Choice>();
        List<Interest> interests = profile.interests();
        int[] taken = new int[interests.size()];
        while (chosen.size() < profile.size()) {
            Standing best = null;
            long most = 0;
            for (Standing standing : open) {
                int reason = reason(interests, standing);
                long worth = reason < 0
                        ? 0
                        : sum(interests, standing)
                                * Math.round((1 << 20) * Math.pow(0.35, (double) taken[reason] / profile.size()));
                if (worth > most) {
                    best = standing;
                    most = worth;
                }
            }
            if (best == null) {
                break;
            }
            int reason = reason(interests, best);
            chosen.add(new Choice(best.paper().id, interests.get(reason).line(), sum(interests, best) / 1e6));
            taken[reason]++;
            remove(best, open);
        }
        var standings = papers.stream().collect(Collectors.toMap(p -> p.paper().id, p -> p));
        chosen.sort((a, b) -> {
            int order = Double.compare(b.score(), a.score());
            return order != 0 ? order : byTrending.compare(standings.get(a.paper()), standings.get(b.paper()));
        });
        while (profile.fill() && chosen.size() < profile.size() && open.stream().anyMatch(Standing::talkedAbout)) {
            Standing next =
                    open.stream().filter(Standing::talkedAbout).findFirst().orElseThrow();
            chosen.add(new Choice(next.paper().id, null, next.trending()));
            remove(next, open);
        }
        return chosen;
    }

    /** Whether less is taken away than is given. */
    private boolean lessened(Profile profile, Standing standing) {
        return profile.interests().stream().anyMatch(i -> i.lessens() && relevance(i, standing) > 0)
                && sum(profile.interests(), standing) <= 0;
    }

    private long sum(List<Interest> interests, Standing standing) {
        return interests.stream()
                .mapToLong(i -> i.lessens() ? -share(i, standing) : share(i, standing))
                .sum();
    }

    /** The first of the interests that give most; -1 where none finds the paper. */
    private int reason(List<Interest> interests, Standing standing) {
        int reason = -1;
        long most = 0;
        for (int i = 0; i < interests.size(); i++) {
            if (!interests.get(i).lessens() && share(interests.get(i), standing) > most) {
                most = share(interests.get(i), standing);
                reason = i;
            }
        }
        return reason;
    }

    /** What the interest gives the paper, in millionths. */
    private long share(Interest interest, Standing standing) {
        return interest.muted()
                ? 0
                : Math.round(relevance(interest, standing) * standing.trending() * interest.weight() * 1e6);
    }

    /** Each interest is tested on each paper once, however many readers have it. */
    private double relevance(Interest interest, Standing standing) {
        return tested.computeIfAbsent(interest, i -> {
            double[] all = new double[papers.size()];
            papers.forEach(p -> all[p.number()] = relevance(i.query(), p));
            return all;
        })[standing.number()];
    }

    private void remove(Standing picked, List<Standing> open) {
        open.removeIf(other -> other == picked || twins(other, picked));
    }

    private boolean twins(Standing a, Standing b) {
        long pair = (long) Math.min(a.number(), b.number()) << Integer.SIZE | Math.max(a.number(), b.number());
        return twins.computeIfAbsent(pair, p -> twins(a.paper(), b.paper()));
    }

    /** Twins by their definition in docs/ranking.md, word by word. */
    private boolean twins(Paper a, Paper b) {
        List<String> title = plainWords(a.title);
        if (title.size() >= 3
                && title.equals(plainWords(b.title))
                && papers.stream()
                                .filter(p -> plainWords(p.paper().title).equals(title))
                                .count()
                        <= 20) {
            return true;
        }
        Set<List<String>> ours = telling(a);
        Set<List<String>> theirs = telling(b);
        int fewer = Math.min(ours.size(), theirs.size());
        return fewer >= 20 && 2 * ours.stream().filter(theirs::contains).count() >= fewer;
    }

    /** The runs of five words that stand in no more than twenty papers. */
    private Set<List<String>> telling(Paper paper) {
        if (holding.isEmpty()) {
            papers.forEach(
                    p -> runs(plainWords(p.paper().summary)).forEach(run -> holding.merge(run, 1, Integer::sum)));
        }
        Set<List<String>> telling = runs(plainWords(paper.summary));
        telling.removeIf(run -> holding.get(run) > 20);
        return telling;
    }

    private static Set<List<String>> runs(List<String> words) {
        var runs = new HashSet<List<String>>();
        for (int i = 0; i + 5 <= words.size(); i++) {
            runs.add(words.subList(i, i + 5));
        }
        return runs;
    }

    private static List<String> plainWords(String text) {
        return Stream.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{Nd}]+"))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    private boolean muted(Profile profile, Standing standing) {
        return profile.interests().stream().anyMatch(i -> i.muted() && relevance(i, standing) > 0);
    }

    private double relevance(Query query, Standing standing) {
        return switch (query) {
            case Query.Not not -> relevance(not.inner(), standing) > 0 ? 0 : 1;
            case Query.Any any -> best(any.parts(), standing);
            case Query.Like like -> near(like.id()).getOrDefault(standing, 0.0) * (like.less() ? 2 : 1);
            case Query.InTopic topic -> best(topics.getOrDefault(topic.slug(), List.of()), standing);
            case Query.All all -> {
                double sum = 0;
                int counted = 0;
                for (Query part : all.parts()) {
                    double found = relevance(part, standing);
                    if (found == 0) {
                        yield 0;
                    }
                    if (!(part instanceof Query.Not)) {
                        sum += found;
                        counted++;
                    }
                }
                yield counted == 0 ? 1 : sum / counted;
            }
            case Query.Word word -> leaf(word, standing);
            case Query.Phrase phrase -> leaf(phrase, standing);
            case Query.Exact exact -> leaf(exact, standing);
            case Query.Prefix prefix -> leaf(prefix, standing);
        };
    }

    /** The nearest twentieth of the papers, ten at least, whose cosine is above a quarter. */
    private Map<Standing, Double> near(String id) {
        return nearest.computeIfAbsent(id, i -> {
            var near = new IdentityHashMap<Standing, Double>();
            liked.find(i, Long.MIN_VALUE).ifPresent(named -> {
                float[] place = liked.vectors().of(named.text());
                papers.forEach(p -> {
                    float cosine = 0;
                    float[] other = places.computeIfAbsent(
                            p.paper(), paper -> liked.vectors().of(TermVectors.Text.of(paper)));
                    for (int axis = 0; axis < other.length; axis++) {
                        cosine += place[axis] * other[axis];
                    }
                    near.put(p, (double) cosine);
                });
                double last = near.values().stream()
                        .sorted(Comparator.reverseOrder())
                        .skip(Math.max(10, papers.size() / 20) - 1)
                        .findFirst()
                        .orElse(-1.0);
                near.values().removeIf(c -> c < last || c <= 0.25);
                near.replaceAll((p, c) -> (c - 0.25) / 0.75);
            });
            return near;
        });
    }

    private double best(List<Query> parts, Standing standing) {
        return parts.stream().mapToDouble(p -> relevance(p, standing)).max().orElse(0);
    }

    private double leaf(Query leaf, Standing standing) {
        return leaves.computeIfAbsent(leaf, this::everywhere).getOrDefault(standing, 0.0);
    }

    /** The relevance of the leaf in each paper that holds it. */
    private Map<Standing, Double> everywhere(Query leaf) {
        var found = new IdentityHashMap<Standing, Double>();
        Set<Query> forms = forms(leaf);
        papers.forEach(p ->
                found.put(p, forms.stream().mapToDouble(form -> times(form, p)).sum()));
        found.values().removeIf(times -> times == 0);
        if (field(leaf) == Query.Field.ANYWHERE) {
            var byKeywords = new IdentityHashMap<Standing, Double>();
            found.forEach((p, times) -> byKeywords.put(
                    p,
                    times
                            - forms.stream()
                                    .mapToDouble(form -> times(form, p, false))
                                    .sum()));
            double average = found.keySet().stream()
                    .filter(p -> !p.paper().keywords.isEmpty() && found.get(p) > byKeywords.get(p))
                    .mapToDouble(byKeywords::get)
                    .average()
                    .orElse(0);
            found.replaceAll((p, times) -> p.paper().keywords.isEmpty() ? times + average : times);
        }
        double n = papers.size();
        double rarity = 0.2 + 0.8 * Math.log1p(n / found.size()) / Math.log1p(n);
        double kind = wanted(leaf, places(leaf).getFirst().name()).size() > 1 ? 1.15 : 1;
        found.replaceAll((paper, times) -> 4.0 / 3 * rarity * kind * times / (1 + times));
        return found;
    }

    /** The leaf and whatever else is written for it, each once by its stems. */
    private Set<Query> forms(Query leaf) {
        boolean prose = field(leaf) == Query.Field.ANYWHERE || field(leaf) == Query.Field.TITLE;
        String text =
                switch (leaf) {
                    case Query.Word word -> word.text();
                    case Query.Phrase phrase -> phrase.text();
                    default -> null;
                };
        if (leaf instanceof Query.Prefix(Query.Field field, String start) && prose) {
            var byWords = new LinkedHashMap<List<String>, Query>();
            spellings(start)
                    .forEach(s -> byWords.putIfAbsent(
                            wanted(new Query.Prefix(field, s), "title"), new Query.Prefix(field, s)));
            return new HashSet<>(byWords.values());
        }
        if (text == null || !prose) {
            return Set.of(leaf);
        }
        var byStems = new LinkedHashMap<String, Query>();
        for (String spelling : spellings(text)) {
            byStems.putIfAbsent(stems(spelling), new Query.Phrase(field(leaf), spelling));
            for (String other : abbreviations.getOrDefault(stems(spelling), List.of())) {
                byStems.putIfAbsent(stems(other), new Query.Phrase(field(leaf), other));
            }
        }
        return new HashSet<>(byStems.values());
    }

    /** Each spelling that one change after another makes of the text. */
    private static Set<String> spellings(String text) {
        var spellings = new LinkedHashSet<String>();
        var open = new ArrayList<>(List.of(text));
        while (!open.isEmpty()) {
            String spelling = open.removeLast();
            if (spellings.add(spelling)) {
                CHANGES.forEach((change, to) -> {
                    Matcher place = Pattern.compile(change).matcher(spelling);
                    while (place.find()) {
                        open.add(spelling.substring(0, place.start()) + to + spelling.substring(place.end()));
                    }
                });
            }
        }
        FORMS.forEach((word, other) ->
                List.copyOf(spellings).forEach(s -> spellings.add(s.replaceAll("(?i)\\b" + word + "\\b", other))));
        return spellings;
    }

    private String stems(String text) {
        return stems.computeIfAbsent(text, t -> String.join(" ", Analysis.words(Analysis.PROSE, t)));
    }

    /** How often the leaf stands in the paper, each time by the weight of the place. */
    private static double times(Query leaf, Standing standing) {
        return times(leaf, standing, true);
    }

    private static double times(Query leaf, Standing standing, boolean keywords) {
        if (leaf instanceof Query.Phrase(Query.Field field, String name)
                && field == Query.Field.AUTHOR
                && !PersonNames.asked(name).isEmpty()) {
            return standing.paper().authors.stream()
                            .anyMatch(a -> !Collections.disjoint(PersonNames.indexed(a), PersonNames.asked(name)))
                    ? 3
                    : 0;
        }
        double times = 0;
        for (Place place : places(leaf)) {
            if (!keywords && place.name().startsWith("keywords")) {
                continue;
            }
            List<String> wanted = wanted(leaf, place.name());
            boolean start = leaf instanceof Query.Prefix;
            for (List<String> words : standing.texts().get(place.name())) {
                times += place.weight() * stands(wanted, start, words);
            }
        }
        return times;
    }

    private static int stands(List<String> wanted, boolean start, List<String> words) {
        int times = 0;
        for (int i = 0; !wanted.isEmpty() && i + wanted.size() <= words.size(); i++) {
            int last = wanted.size() - 1;
            boolean before = words.subList(i, i + last).equals(wanted.subList(0, last));
            String ending = words.get(i + last);
            times += before && (start ? ending.startsWith(wanted.get(last)) : ending.equals(wanted.get(last))) ? 1 : 0;
        }
        return times;
    }

    private static List<String> wanted(Query leaf, String place) {
        String text =
                switch (leaf) {
                    case Query.Word word -> word.text();
                    case Query.Phrase phrase -> phrase.text();
                    case Query.Prefix prefix -> prefix.text();
                    case Query.Exact exact -> exact.text();
                    default -> throw new IllegalArgumentException("not a leaf: " + leaf);
                };
        if (place.equals("category")) {
            return List.of(plain(text));
        }
        if (leaf instanceof Query.Exact) {
            return Analysis.words(Analysis.EXACT, text);
        }
        boolean prose = !place.equals("author") && !place.equals("org");
        var words = new ArrayList<>(Analysis.words(prose ? Analysis.PROSE : Analysis.NAMES, text));
        if (leaf instanceof Query.Prefix) {
            words.set(words.size() - 1, Analysis.words(Analysis.NAMES, text).getLast());
        }
        return words;
    }

    private static Query.Field field(Query leaf) {
        return switch (leaf) {
            case Query.Word word -> word.field();
            case Query.Phrase phrase -> phrase.field();
            case Query.Prefix prefix -> prefix.field();
            case Query.Exact exact -> exact.field();
            default -> throw new IllegalArgumentException("not a leaf: " + leaf);
        };
    }

    private static List<Place> places(Query leaf) {
        return leaf instanceof Query.Exact
                ? places(field(leaf)).stream()
                        .map(p -> new Place(p.name() + "=", p.weight()))
                        .toList()
                : places(field(leaf));
    }

    private static List<Place> places(Query.Field field) {
        return switch (field) {
            case ANYWHERE -> List.of(new Place("title", 3), new Place("keywords", 2), new Place("summary", 1));
            case TITLE -> List.of(new Place("title", 3));
            case AUTHOR -> List.of(new Place("author", 3));
            case ORGANIZATION -> List.of(new Place("org", 2));
            case CATEGORY -> List.of(new Place("category", 1));
        };
    }
}
