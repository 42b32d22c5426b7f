package org.dailypapers.matching.likeness;

import java.util.List;
import java.util.stream.IntStream;

/** Papers by their vectors, of which the nearest ones to a text are asked. */
final class Neighbours {

    static final Neighbours NONE = new Neighbours(new long[0], List.of());

    private final long[] ids;
    private final List<float[]> places;

    private Neighbours(long[] ids, List<float[]> places) {
        this.ids = ids;
        this.places = places;
    }

    /** @param ids of the papers with these texts */
    static Neighbours of(TermVectors vectors, long[] ids, List<TermVectors.Text> texts) {
        return new Neighbours(ids, texts.stream().map(vectors::of).toList());
    }

    /** Those whose cosine with the place is no less, the nearest first. */
    List<LikedPapers.Near> nearest(float[] place, double least, int most) {
        return IntStream.range(0, ids.length)
                .mapToObj(i -> new LikedPapers.Near(ids[i], TermVectors.cosine(place, places.get(i))))
                .filter(near -> near.cosine() >= least)
                .sorted((a, b) -> a.cosine() == b.cosine()
                        ? Long.compare(a.paper(), b.paper())
                        : Float.compare(b.cosine(), a.cosine()))
                .limit(most)
                .toList();
    }
}
