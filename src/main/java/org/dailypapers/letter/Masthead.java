package org.dailypapers.letter;

import java.net.URI;
import java.util.Locale;

/**
 * What this instance calls itself and how it looks, on pages and in letters; in templates {@code inject:masthead}.
 *
 * @param name on one line
 * @param logo the words at the head of pages and letters
 * @param imprint a page that says who answers for the service; null where there is none
 * @param footer the operator's words at the foot of pages and letters; null where there are none
 */
public record Masthead(String name, String logo, Accent accent, URI imprint, String footer) {

    /** The logo as plain text shows it. */
    public String capitals() {
        return logo.toUpperCase(Locale.ROOT);
    }
}
