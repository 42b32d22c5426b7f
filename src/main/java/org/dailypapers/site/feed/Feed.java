package org.dailypapers.site.feed;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.dailypapers.language.Languages;

/**
 * A feed, in whatever format it is written.
 *
 * @param language of what it says itself, as {@code xml:lang} names it; its papers are taken to be English
 * @param author whom Atom names where a paper's authors are not known
 * @param page the page that shows the same to people
 * @param self its own address
 * @param items newest or best first
 */
record Feed(String language, String title, String about, String author, URI page, URI self, List<FeedItem> items) {
    Feed {
        items = List.copyOf(items);
    }

    /** Whether its papers are in another language than itself. */
    boolean foreign() {
        return !language.equals(Languages.ENGLISH);
    }

    /** When the newest of its items came; the beginning of time where there is none. */
    Instant updated() {
        return items.stream().map(FeedItem::updated).max(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
