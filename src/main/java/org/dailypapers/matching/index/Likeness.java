package org.dailypapers.matching.index;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.interest.Query;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.paper.Paper;
import org.jspecify.annotations.Nullable;

/**
 * What of some papers resembles a paper that a line names: the nearest {@value #NEAREST} of a hundred, ten at least, whose
 * cosine c with it is above {@value #LEAST}; each {@code (c - LEAST)/(1 - LEAST)} relevant.
 */
final class Likeness {

    /** How much more than it would raise a paper, what resembles one that is not liked lowers it. */
    static final double LESS = 2;

    /** Of a hundred papers. */
    static final int NEAREST = 5;

    static final int FEWEST = 10;
    static final double LEAST = 0.25;

    /** The most stems that are said to make two papers alike. */
    private static final int MOST_SHARED = 4;

    private static final int MOST_KEPT = 20_000;

    private final List<Paper> papers;
    private final LikedPapers liked;
    private final TermVectors vectors;

    /** For each axis the places of the papers on it, made at the first question. */
    private volatile @Nullable List<float[]> axes;

    private final Cache<Asked, List<String>> shared =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).executor(Runnable::run).build();

    /** The change of the catalogue since which the named papers are known. */
    private volatile long revision = Long.MIN_VALUE;

    private record Asked(Query query, long paper) {}

    Likeness(List<Paper> papers, LikedPapers liked) {
        this.papers = papers;
        this.liked = liked;
        vectors = liked.vectors();
    }

    /** Takes the named papers as they are since that change of the catalogue; whether they were known as before it. */
    boolean renew(long newest) {
        boolean changed = newest > revision;
        if (changed) {
            revision = newest;
            shared.invalidateAll();
        }
        return changed;
    }

    /** The stems, one or two words each, that make the paper like those that the query names, what does most first. */
    List<String> shared(Query query, Paper paper) {
        return shared.get(new Asked(query, paper.id), asked -> named(query)
                .flatMap(like -> liked.find(like.id(), revision).stream())
                .flatMap(named -> vectors.shared(named.text(), TermVectors.Text.of(paper), MOST_SHARED).stream())
                .map(stems -> String.join(" ", stems))
                .distinct()
                .limit(MOST_SHARED)
                .toList());
    }

    private static Stream<Query.Like> named(Query query) {
        return switch (query) {
            case Query.Like like -> Stream.of(like);
            case Query.All all -> all.parts().stream().flatMap(Likeness::named);
            case Query.Any any -> any.parts().stream().flatMap(Likeness::named);
            default -> Stream.of();
        };
    }

    Found near(String id) {
        return liked.find(id, revision)
                .map(paper -> near(vectors.of(paper.text())))
                .orElse(Found.NOTHING);
    }

    private Found near(float[] place) {
        float[] cosines = new float[papers.size()];
        List<float[]> axes = axes();
        for (int axis = 0; axis < place.length; axis++) {
            // Axis by axis rather than paper by paper: so several papers are added to at once.
            add(place[axis], axes.get(axis), cosines);
        }
        int[] documents = IntStream.range(0, cosines.length)
                .filter(d -> cosines[d] > LEAST)
                .toArray();
        int most = Math.max(FEWEST, cosines.length * NEAREST / 100);
        if (documents.length > most) {
            double[] ascending = Arrays.stream(documents)
                    .mapToDouble(d -> cosines[d])
                    .sorted()
                    .toArray();
            double least = ascending[ascending.length - most];
            documents =
                    Arrays.stream(documents).filter(d -> cosines[d] >= least).toArray();
        }
        return new Found(
                documents,
                Arrays.stream(documents)
                        .mapToDouble(d -> (cosines[d] - LEAST) / (1 - LEAST))
                        .toArray());
    }

    private static void add(float times, float[] what, float[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += times * what[i];
        }
    }

    private List<float[]> axes() {
        List<float[]> made = axes;
        if (made == null) {
            synchronized (this) {
                made = axes;
                if (made == null) {
                    made = Stream.generate(() -> new float[papers.size()])
                            .limit(TermVectors.AXES)
                            .toList();
                    for (int document = 0; document < papers.size(); document++) {
                        float[] place = vectors.of(TermVectors.Text.of(papers.get(document)));
                        for (int axis = 0; axis < place.length; axis++) {
                            made.get(axis)[document] = place[axis];
                        }
                    }
                    axes = made;
                }
            }
        }
        return made;
    }
}
