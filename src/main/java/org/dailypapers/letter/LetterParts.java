package org.dailypapers.letter;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a letter's reader reads.
 *
 * @param html the same as HTML, unless the letter is plain text only
 */
public record LetterParts(EncodedText text, @Nullable EncodedText html) {

    public LetterParts {
        Objects.requireNonNull(text, "text");
    }

    /** The body of those texts, both or plain text only. */
    public static LetterParts of(String text, @Nullable String html) {
        return new LetterParts(EncodedText.of(text), html == null ? null : EncodedText.of(html));
    }
}
