package org.dailypapers.digest;

import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.Profile;
import org.dailypapers.subscriber.preference.Preferences;

/** What matching is asked for a reader. */
public final class ReaderProfile {

    private ReaderProfile() {}

    /** The profile of a reader by their preferences and those lines beside them. */
    public static Profile of(Preferences p, List<String> learned) {
        Stream<Interest> more = learned.stream().mapMulti((line, into) -> {
            if (InterestParser.parse(line) instanceof Interest interest) {
                into.accept(interest);
            }
        });
        return new Profile(Stream.concat(p.readable().stream(), more).toList(), p.size(), p.fill(), p.minVotes());
    }

    /** The profile of those preferences, with the interests that can be read. */
    public static Profile of(Preferences p) {
        return new Profile(p.readable(), p.size(), p.fill(), p.minVotes());
    }
}
