package org.dailypapers.matching;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.dailypapers.interest.Interest;
import org.dailypapers.matching.index.Candidate;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.Hits;

/** Makes one reader's list from what each of their interests finds. */
public final class Matcher {

    private Matcher() {}

    /**
     * The reader's papers, best first, at most the profile's size.
     *
     * @param seen whether a paper has been in a letter to this reader
     */
    public static List<Match> match(EditionIndex index, Profile profile, LongPredicate seen) {
        var picker = new Picker(index);
        int count =
                picker.pick(profile.size(), profile.fill(), profile.minVotes(), seen, index.ask(profile.interests()));
        return IntStream.range(0, count).mapToObj(i -> match(index, picker, i)).toList();
    }

    private static Match match(EditionIndex index, Picker picker, int place) {
        Candidate candidate = picker.candidate(place);
        Interest reason = picker.reason(place);
        return new Match(
                candidate,
                reason == null ? null : reason.line(),
                reason == null
                        ? List.of()
                        : picker.lines(place).stream().skip(1).toList(),
                reason == null ? List.of() : index.words(candidate.paper(), reason),
                picker.score(place));
    }

    /** How many papers of the index the profile's interests find. */
    static int count(EditionIndex index, Profile profile) {
        var found = new BitSet();
        var out = new BitSet();
        for (Hits hits : index.ask(profile.interests())) {
            if (!hits.lessening()) {
                (hits.muted() ? out : found).or(hits.documents());
            }
        }
        found.andNot(out);
        return (int) found.stream()
                .filter(d -> profile.minVotes() <= 0 || index.votes(d) >= profile.minVotes())
                .count();
    }

    /** The index's papers that the line finds, by trending. */
    public static List<Candidate> found(EditionIndex index, String line) {
        return Arrays.stream(index.find(line).documents())
                .mapToObj(index.candidates()::get)
                .toList();
    }
}
