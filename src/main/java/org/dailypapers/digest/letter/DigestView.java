package org.dailypapers.digest.letter;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.dailypapers.language.Language;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.letter.TextLines;
import org.dailypapers.paper.note.NoteText;
import org.jspecify.annotations.Nullable;

/**
 * What a digest's letter or page shows; text that the templates escape.
 *
 * @param language that it speaks
 * @param items the papers in the order of the letter
 * @param welcome whether it is its reader's first
 * @param voice where the reader says what they think of the papers, without a paper's id
 * @param personal whether the reader's own links are in it
 * @param note what editors wrote above its last edition
 * @param more papers that were left out of the letter for its size; the page has them
 * @param sample whether its papers come from the bundled sample
 */
public record DigestView(
        Language language,
        String title,
        String date,
        String summary,
        @Nullable NoteText note,
        List<DigestItem> items,
        int more,
        boolean welcome,
        boolean personal,
        boolean sample,
        URI home,
        URI preferences,
        URI unsubscribe,
        URI voice,
        URI web,
        @Nullable String postalAddress) {

    private static final int PREHEADER_TITLES = 2;

    /** The papers with their headings. */
    public List<Line> lines() {
        return items.stream()
                .map(item -> new Line(item.heading(), item.paper(), item.full()))
                .toList();
    }

    /** The titles after the first, which stands in the subject: what an inbox shows beside that. */
    public List<String> next() {
        return items.stream()
                .skip(1)
                .limit(PREHEADER_TITLES)
                .map(item -> item.paper().title())
                .toList();
    }

    /** A paper of it, in full or in brief, and what stands above it. */
    public record Line(@Nullable Heading heading, PaperView paper, boolean full) {}

    /**
     * What stands above some of its papers.
     *
     * @param day of their editions in words, where the letter is of several days
     * @param trending whether they met no interest
     */
    public record Heading(@Nullable String day, boolean trending) {}

    /** The same with the first papers only. */
    DigestView first(int count) {
        return new DigestView(
                language,
                title,
                date,
                summary,
                note,
                items.subList(0, count),
                items.size() + more - count,
                welcome,
                personal,
                sample,
                home,
                preferences,
                unsubscribe,
                voice,
                web,
                postalAddress);
    }

    /**
     * One paper of it.
     *
     * @param language that the letter speaks of it
     * @param titleParts the title, marked where it met
     * @param link where to read it; never null
     * @param authors some names and how many more, or only how many; empty where nothing is known
     * @param organization empty where it is not known
     * @param facts date, votes and comments, as far as they are known
     * @param teaser the sentences of the abstract that met, or its beginning
     * @param also keywords and categories that met; empty where something that is shown anyway did
     * @param reasons why it is here, the strongest first; one at least
     * @param id of the paper's row
     * @param byInterest whether an interest found it
     */
    public record PaperView(
            Language language,
            String title,
            List<Part> titleParts,
            URI link,
            List<Part> authors,
            List<Part> organization,
            List<String> facts,
            List<Part> teaser,
            List<Part> also,
            List<Reason> reasons,
            long id,
            boolean byInterest) {

        /** Whether its title and abstract are in another language than the letter: no source says in which, nearly all are English. */
        public boolean foreign() {
            return !language.english();
        }

        /** All reasons in one line, with the words that met. */
        public String because() {
            LetterMessages say = language.letter();
            String line = "";
            for (Reason reason : reasons) {
                String words = reason.words();
                String whole = words == null ? reason.why() : say.withWords(reason.why(), words);
                line = line.isEmpty() ? whole : say.bothReasons(line, whole);
            }
            return line;
        }

        /** The teaser as plain text, in lines of 72 columns. */
        public String teaserLines() {
            return TextLines.wrapped(teaser.stream()
                    .map(Part::text)
                    .collect(Collectors.joining())
                    .strip());
        }
    }

    /**
     * A reader's own links below a paper.
     *
     * @param address of the paper in this letter; a slash and {@code more}, {@code less}, {@code save} or {@code mute}
     *     follow it
     */
    public record Voice(String address) {}

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
