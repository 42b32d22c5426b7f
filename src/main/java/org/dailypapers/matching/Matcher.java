package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.dailypapers.interest.Interest;

/** Makes one reader's list from what each of their interests finds. */
public final class Matcher {

    private static final Comparator<Candidate> BY_TRENDING = Comparator.<Candidate>comparingDouble(c -> -c.trending())
            .thenComparing(c -> c.rank() == null ? Integer.MAX_VALUE : c.rank())
            .thenComparing(c -> c.paper().publicId);

    private Matcher() {}

    /**
     * The reader's papers, best first, at most the profile's size.
     *
     * @param seen whether a paper has been in a letter to this reader
     */
    public static List<Match> match(EditionIndex index, Profile profile, LongPredicate seen) {
        List<Candidate> candidates = index.candidates();
        double[] score = new double[candidates.size()];
        Interest[] reason = new Interest[candidates.size()];
        boolean[] out = new boolean[candidates.size()];
        for (Interest interest : profile.interests()) {
            Hits hits = index.ask(interest.line());
            for (int i = 0; i < hits.documents().length; i++) {
                int document = hits.documents()[i];
                if (interest.muted()) {
                    out[document] = true;
                    continue;
                }
                double found = hits.relevance()[i] * candidates.get(document).trending() * interest.weight();
                if (found > score[document]) {
                    score[document] = found;
                    reason[document] = interest;
                }
            }
        }
        for (int d = 0; d < out.length; d++) {
            out[d] |= seen.test(candidates.get(d).paper().id) || tooFewVotes(candidates.get(d), profile);
        }
        var chosen = new ArrayList<Match>();
        IntStream.range(0, out.length)
                .filter(d -> !out[d] && reason[d] != null)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(d -> -score[d]).thenComparing(candidates::get, BY_TRENDING))
                .limit(profile.size())
                .forEach(d -> chosen.add(new Match(
                        candidates.get(d),
                        reason[d].line(),
                        index.words(candidates.get(d).paper(), reason[d].line()),
                        score[d])));
        if (profile.fill() && chosen.size() < profile.size()) {
            IntStream.range(0, out.length)
                    .filter(d -> !out[d] && reason[d] == null)
                    .mapToObj(candidates::get)
                    .filter(Candidate::voted)
                    .sorted(BY_TRENDING)
                    .limit(profile.size() - chosen.size())
                    .forEach(c -> chosen.add(new Match(c, null, List.of(), c.trending())));
        }
        return chosen;
    }

    private static boolean tooFewVotes(Candidate candidate, Profile profile) {
        return profile.minVotes() > 0
                && (candidate.paper().votes == null || candidate.paper().votes < profile.minVotes());
    }

    /** How many papers of the index the profile's interests find. */
    static int count(EditionIndex index, Profile profile) {
        boolean[] found = new boolean[index.size()];
        boolean[] out = new boolean[index.size()];
        for (Interest interest : profile.interests()) {
            for (int document : index.ask(interest.line()).documents()) {
                (interest.muted() ? out : found)[document] = true;
            }
        }
        return (int) IntStream.range(0, found.length)
                .filter(d ->
                        found[d] && !out[d] && !tooFewVotes(index.candidates().get(d), profile))
                .count();
    }

    /** The index's papers that the line finds, by trending. */
    public static List<Candidate> found(EditionIndex index, String line) {
        return Arrays.stream(index.ask(line).documents())
                .mapToObj(index.candidates()::get)
                .sorted(BY_TRENDING)
                .toList();
    }
}
