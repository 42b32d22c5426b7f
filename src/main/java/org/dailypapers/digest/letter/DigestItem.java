package org.dailypapers.digest.letter;

import static org.dailypapers.digest.letter.DigestTemplates.HTML;
import static org.dailypapers.digest.letter.DigestTemplates.TEXT;
import static org.dailypapers.digest.letter.DigestTemplates.encoded;

import org.dailypapers.letter.EncodedText;

/**
 * One paper of a digest, and its piece of a letter.
 *
 * @param html the piece of the HTML part
 * @param text the piece of the text part
 */
record DigestItem(DigestView.PaperView paper, EncodedText html, EncodedText text) {

    DigestItem(DigestView.PaperView paper) {
        this(
                paper,
                encoded(DigestTemplates.digest$paper(paper), HTML),
                encoded(DigestTemplates.digest$paper(paper), TEXT));
    }

    /** Its pieces in bytes. */
    int size() {
        return html.size() + text.size();
    }
}
