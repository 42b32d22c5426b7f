package org.dailypapers.digest;

import java.net.URI;
import java.util.List;

/**
 * What a digest's letter or page shows; text that the templates escape.
 *
 * @param personal whether the reader's own links are in it
 * @param more papers that were left out of the letter for its size; the page has them
 * @param sample whether its papers come from the bundled sample
 */
public record DigestView(
        String title,
        String date,
        String summary,
        List<DigestItem> items,
        int more,
        boolean personal,
        boolean sample,
        URI home,
        URI preferences,
        URI unsubscribe,
        URI web,
        String postalAddress) {

    /** The papers, best first. */
    public List<PaperView> papers() {
        return items.stream().map(DigestItem::paper).toList();
    }

    /** The same with the first papers only. */
    DigestView first(int count) {
        return new DigestView(
                title,
                date,
                summary,
                items.subList(0, count),
                items.size() + more - count,
                personal,
                sample,
                home,
                preferences,
                unsubscribe,
                web,
                postalAddress);
    }

    /**
     * One paper of it.
     *
     * @param link where to read it; never null
     * @param page its page here
     * @param authors some names and how many more, or only how many; null where nothing is known
     * @param facts date, votes and comments, as far as they are known
     * @param why it is here, without the words
     * @param met the words that met the interest
     */
    public record PaperView(
            String title,
            URI link,
            URI page,
            String authors,
            String organization,
            List<String> facts,
            String teaser,
            String why,
            List<String> met) {

        /** The title, marked where it met the interest. */
        public List<Part> titleParts() {
            return Part.of(title, met);
        }

        /** The beginning of the abstract, marked where it met the interest. */
        public List<Part> teaserParts() {
            return Part.of(teaser, met);
        }

        /** The words that met the interest, joined; null where there are none. */
        public String words() {
            return met.isEmpty() ? null : String.join(", ", met);
        }
    }
}
