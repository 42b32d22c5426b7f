package org.dailypapers.digest.letter;

import static org.dailypapers.digest.letter.DigestTemplates.HTML;
import static org.dailypapers.digest.letter.DigestTemplates.TEXT;
import static org.dailypapers.digest.letter.DigestTemplates.encoded;

import io.quarkus.qute.Variant;
import org.dailypapers.letter.EncodedText;
import org.jspecify.annotations.Nullable;

/**
 * One paper of a digest, and its piece of a letter.
 *
 * @param full whether it has more than its title, a line and the reason
 * @param heading what stands above it; null where it follows those before it
 * @param html the piece of the HTML part, without the heading
 * @param text the piece of the text part, likewise
 */
record DigestItem(
        DigestView.PaperView paper, boolean full, DigestView.@Nullable Heading heading, Piece html, Piece text) {

    /**
     * A piece of a part.
     *
     * @param why it up to the reason
     * @param rest how it goes on
     */
    record Piece(EncodedText why, EncodedText rest) {

        static Piece of(DigestView.PaperView paper, boolean full, Variant variant) {
            return new Piece(
                    encoded(
                            full ? DigestTemplates.digest$why(paper) : DigestTemplates.digest$reason(paper),
                            variant,
                            paper.language()),
                    encoded(
                            full ? DigestTemplates.digest$paper(paper) : DigestTemplates.digest$brief(paper),
                            variant,
                            paper.language()));
        }

        int size() {
            return why.size() + rest.size();
        }
    }

    DigestItem(DigestView.PaperView paper, boolean full) {
        this(paper, full, null, Piece.of(paper, full, HTML), Piece.of(paper, full, TEXT));
    }

    /** The same under a heading. */
    DigestItem under(DigestView.@Nullable Heading above) {
        return new DigestItem(paper, full, above, html, text);
    }

    /** Its pieces in bytes. */
    int size() {
        return html.size() + text.size();
    }
}
