package org.dailypapers.digest;

import org.dailypapers.matching.Profile;
import org.dailypapers.subscriber.preference.Preferences;

/** What matching is asked for a reader. */
public final class ReaderProfile {

    private ReaderProfile() {}

    /** The profile of those preferences, with the interests that can be read. */
    public static Profile of(Preferences p) {
        return new Profile(p.readable(), p.size(), p.fill(), p.minVotes());
    }
}
