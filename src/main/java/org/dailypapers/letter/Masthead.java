package org.dailypapers.letter;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What this instance calls itself and how it looks, on pages and in letters; in templates {@code inject:masthead}.
 *
 * @param name on one line
 * @param logo the words at the head of pages and letters
 * @param imprint a page that says who answers for the service, where there is one
 * @param footer the operator's words at the foot of pages and letters, where there are some
 */
public record Masthead(
        String name,
        String logo,
        Accent accent,
        @Nullable URI imprint,
        @Nullable String footer) {

    /** The logo as plain text shows it. */
    public String capitals() {
        return logo.toUpperCase(Locale.ROOT);
    }
}
