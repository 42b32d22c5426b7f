package org.dailypapers.site.feed;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The formats that feeds are written in. */
enum FeedFormat {
    ATOM(".atom", AtomFormat.TYPE, AtomFormat::write),
    JSON(".json", JsonFormat.TYPE, JsonFormat::write);

    private final String ending;
    private final String type;
    private final Function<Feed, String> writer;

    FeedFormat(String ending, String type, Function<Feed, String> writer) {
        this.ending = ending;
        this.type = type;
        this.writer = writer;
    }

    /** What its addresses end with. */
    String ending() {
        return ending;
    }

    /** Its media type, with the charset. */
    String type() {
        return type + ";charset=UTF-8";
    }

    String write(Feed feed) {
        return writer.apply(feed);
    }

    /** The format that an address asks for by its end. */
    static Optional<FeedFormat> of(String address) {
        return Arrays.stream(values()).filter(f -> address.endsWith(f.ending)).findFirst();
    }
}
