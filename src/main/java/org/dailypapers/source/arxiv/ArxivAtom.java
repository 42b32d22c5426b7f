package org.dailypapers.source.arxiv;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;

/** An answer of arXiv's search, an Atom feed. */
public final class ArxivAtom {
    private static final String ERRORS = "/api/errors";

    private ArxivAtom() {}

    /**
     * What an answer says of itself.
     *
     * @param entries how many came
     * @param total how many there are; −1 where it is not said
     */
    record Page(int entries, int total) {}

    /**
     * Reads an answer to its end.
     *
     * @throws ArxivAnswerException where it is a feed that tells of an error
     * @throws IOException where it breaks off or is no such feed; what came before has been handed over
     */
    public static void readFile(InputStream in, RecordTaker taker) throws IOException {
        read(in, taker);
    }

    static Page read(InputStream in, RecordTaker taker) throws IOException {
        int[] total = {-1};
        int[] entries = {0};
        XmlRecords.read(in, Set.of("entry"), new XmlRecords.Taker() {
            @Override
            public void root(String name) throws IOException {
                if (!name.equals("feed")) {
                    throw new IOException("no Atom feed: it begins with <" + name + ">");
                }
            }

            @Override
            public void beside(XmlElement element) {
                if (element.name().equals("totalResults")) {
                    total[0] = number(element.text());
                }
            }

            @Override
            public void record(XmlElement entry, long position) throws IOException {
                entries[0]++;
                String id = entry.text("id");
                if (id != null && id.contains(ERRORS)) {
                    throw new ArxivAnswerException(
                            "error", "arXiv says: " + ArxivFields.excerpt(entry.text("summary")));
                }
                PaperRecord paper;
                try {
                    paper = taker.decide(draft(entry));
                } catch (IllegalArgumentException unusable) {
                    taker.reject(position, ArxivFields.named(id, unusable));
                    return;
                }
                taker.take(paper);
            }
        });
        return new Page(entries[0], total[0]);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static Draft draft(XmlElement entry) {
        List<XmlElement> authors = entry.all("author");
        XmlElement primary = entry.child("primary_category");
        String comment = entry.text("comment");
        PaperRecord.Builder rest = PaperRecord.titled(entry.text("title"))
                .summary(entry.text("summary"))
                .authors(authors.stream().map(author -> author.text("name")).toList())
                .authorCount(authors.size())
                .categories(ArxivFields.categories(Stream.concat(
                        Stream.ofNullable(primary).map(term -> term.attributes().get("term")),
                        entry.all("category").stream()
                                .map(term -> term.attributes().get("term")))))
                .doi(ArxivFields.doi(entry.text("doi")))
                .note(comment)
                .withdrawn(ArxivFields.saysWithdrawn(comment, entry.text("summary")));
        String published = entry.text("published");
        return new Draft(
                rest,
                ArxivFields.id(entry.text("id")),
                ArxivFields.date(published),
                ArxivFields.instant(published),
                Announced.NEW);
    }
}
