package org.dailypapers.webhook;

import java.util.Locale;

/** What is told of. */
public enum NoticeKind {
    READER_CONFIRMED,
    READER_LEFT,
    LETTER_BOUNCED,
    LETTER_ENDED,
    EDITION_CLOSED;

    /** Its name in a request, such as {@code reader.left}. */
    public String type() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
