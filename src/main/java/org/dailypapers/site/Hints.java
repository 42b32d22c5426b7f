package org.dailypapers.site;

import java.util.List;
import org.dailypapers.language.Language;
import org.dailypapers.language.Said;

/** What there is to tell of somebody's interests, in a reader's language. */
final class Hints {

    private Hints() {}

    /** All there is to tell of one interest, to follow its line. */
    static String joined(List<Said> hints, Language language) {
        return hints.stream()
                .map(hint -> hint.in(language.fault()))
                .reduce(language.reader()::hintsJoined)
                .orElse("");
    }
}
