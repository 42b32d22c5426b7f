package org.dailypapers.digest.letter;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        @Nullable String postalAddress) {

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
     * @param titleParts the title, marked where it met
     * @param link where to read it; never null
     * @param authors some names and how many more, or only how many; empty where nothing is known
     * @param organization empty where it is not known
     * @param facts date, votes and comments, as far as they are known
     * @param teaser the sentences of the abstract that met, or its beginning
     * @param also keywords and categories that met; empty where something that is shown anyway did
     * @param reasons why it is here, the strongest first; one at least
     */
    public record PaperView(
            String title,
            List<Part> titleParts,
            URI link,
            List<Part> authors,
            List<Part> organization,
            List<String> facts,
            List<Part> teaser,
            List<Part> also,
            List<Reason> reasons) {}

    /**
     * Why a paper is in a letter.
     *
     * @param why an interest, rising or trending, without the words
     * @param met the words that met the interest
     */
    public record Reason(String why, List<String> met) {

        /** The words that met the interest, joined, where there are any. */
        public @Nullable String words() {
            return met.isEmpty() ? null : String.join(", ", met);
        }
    }
}
