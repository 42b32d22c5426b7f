package org.dailypapers.matching.likeness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.paper.Paper;

/**
 * Where each term of a catalogue points: what is learned from its papers, the same for the same papers in the same order.
 *
 * <p>A paper's terms are weighed by {@code (1 + ln times) × (1 + ln((1 + N)/(1 + n)))}, n of the N papers holding it; the
 * papers are points whose {@value #AXES} strongest axes are kept, each times {@code s^-1/4} of its strength s, so that the
 * few broad ones do not drown the others. See docs/ranking.md.
 */
public final class TermVectors {

    /** The axes of a vector. */
    public static final int AXES = 96;

    /** An axis for so many papers: more would only tell them all apart. */
    private static final int PAPERS_AN_AXIS = 4;

    /** What was learned from no paper. */
    public static final TermVectors NONE = new TermVectors(Map.of(), new double[0], new byte[0][], new float[0]);

    private final Map<String, Integer> numbers;
    private final double[] rarity;

    /** A term's vector is these steps times its {@code step}: a quarter of the room of floats. */
    private final byte[][] vectors;

    private final float[] step;

    private TermVectors(Map<String, Integer> numbers, double[] rarity, byte[][] vectors, float[] step) {
        this.numbers = numbers;
        this.rarity = rarity;
        this.vectors = vectors;
        this.step = step;
    }

    /** A text that is learned from or compared. */
    public record Text(String title, String summary) {

        /** A paper's. */
        public static Text of(Paper paper) {
            return new Text(paper.title, paper.summary);
        }
    }

    /** Learns from the papers. */
    public static TermVectors learnedFrom(List<Text> papers) {
        if (papers.size() < 2) {
            return NONE;
        }
        var counted = new TermCounts(papers);
        String[] kept = counted.kept();
        Map<String, Integer> numbers = HashMap.newHashMap(kept.length);
        double[] rarity = new double[kept.length];
        for (int term = 0; term < kept.length; term++) {
            numbers.put(kept[term], term);
            rarity[term] = 1 + Math.log((1.0 + papers.size()) / (1 + counted.holding(kept[term])));
        }
        var rows = new SparseRows(papers.size(), kept.length);
        for (Text paper : papers) {
            rows.add(weighed(Terms.of(paper.title(), paper.summary()), numbers, rarity));
        }
        int axes = Math.clamp(papers.size() / PAPERS_AN_AXIS, 2, AXES);
        float[][] vectors = LatentAxes.ofTerms(rows, axes, AXES);
        byte[][] steps = new byte[vectors.length][];
        float[] step = new float[vectors.length];
        for (int term = 0; term < vectors.length; term++) {
            float most = 0;
            for (float value : vectors[term]) {
                most = Math.max(most, Math.abs(value));
            }
            step[term] = most / Byte.MAX_VALUE;
            steps[term] = new byte[AXES];
            for (int axis = 0; axis < AXES && most > 0; axis++) {
                steps[term][axis] = (byte) Math.round(vectors[term][axis] / step[term]);
            }
        }
        return new TermVectors(numbers, rarity, steps, step);
    }

    /** What each known term weighs in a paper, by its number; together of length 1. */
    private static Map<Integer, Double> weighed(
            Map<String, Integer> paper, Map<String, Integer> numbers, double[] rarity) {
        var weights = new LinkedHashMap<Integer, Double>();
        double square = 0;
        for (Map.Entry<String, Integer> term : paper.entrySet()) {
            Integer number = numbers.get(term.getKey());
            if (number != null) {
                double weight = (1 + Math.log(term.getValue())) * rarity[number];
                weights.put(number, weight);
                square += weight * weight;
            }
        }
        double length = Math.sqrt(square);
        weights.replaceAll((number, weight) -> weight / length);
        return weights;
    }

    /** The vector of a text, of length 1; all zeros where it holds no term that is known. */
    public float[] of(Text text) {
        float[] sum = new float[AXES];
        weighed(Terms.of(text.title(), text.summary()), numbers, rarity).forEach((term, weight) -> {
            float times = weight.floatValue() * step[term];
            byte[] steps = vectors[term];
            for (int axis = 0; axis < AXES; axis++) {
                sum[axis] += times * steps[axis];
            }
        });
        double square = 0;
        for (float value : sum) {
            square += (double) value * value;
        }
        if (square > 0) {
            float length = (float) Math.sqrt(square);
            for (int axis = 0; axis < AXES; axis++) {
                sum[axis] /= length;
            }
        }
        return sum;
    }

    /** The stems, one or two words each, that make the two texts alike, the one that does most first; no more than so many. */
    public List<List<String>> shared(Text one, Text other, int most) {
        Map<String, Integer> ones = Terms.of(one.title(), one.summary());
        Map<String, Integer> others = Terms.of(other.title(), other.summary());
        var shared = new HashMap<String, Double>();
        ones.forEach((term, times) -> {
            Integer there = others.get(term);
            Integer number = numbers.get(term);
            if (there != null && number != null) {
                shared.put(term, (1 + Math.log(times)) * (1 + Math.log(there)) * rarity[number] * rarity[number]);
            }
        });
        var best = new ArrayList<List<String>>();
        for (String term : shared.keySet().stream()
                .sorted(Comparator.comparing((String t) -> -shared.getOrDefault(t, 0.0))
                        .thenComparing(Comparator.naturalOrder()))
                .toList()) {
            List<String> words = List.of(term.split(" "));
            if (best.size() < most && best.stream().noneMatch(b -> b.stream().anyMatch(words::contains))) {
                best.add(words);
            }
        }
        return best;
    }

    /** How many terms are known. */
    public int size() {
        return numbers.size();
    }

    /** The cosine of the angle between two vectors of length 1. */
    public static float cosine(float[] one, float[] other) {
        float sum = 0;
        for (int axis = 0; axis < AXES; axis++) {
            sum += one[axis] * other[axis];
        }
        return sum;
    }
}
