package org.dailypapers.site.feed;

import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * A feed, in whatever format it is written.
 *
 * @param author whom Atom names where a paper's authors are not known
 * @param page the page that shows the same to people
 * @param self its own address
 * @param items newest or best first
 */
record Feed(String title, String about, String author, URI page, URI self, List<FeedItem> items) {
    Feed {
        items = List.copyOf(items);
    }

    /** When the newest of its items came; the beginning of time where there is none. */
    Instant updated() {
        return items.stream().map(FeedItem::updated).max(Instant::compareTo).orElse(Instant.EPOCH);
    }
}
