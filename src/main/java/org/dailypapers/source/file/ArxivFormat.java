package org.dailypapers.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.arxiv.ArxivAtom;
import org.dailypapers.source.arxiv.ArxivOai;
import org.dailypapers.source.arxiv.ArxivRss;
import org.dailypapers.source.arxiv.Draft;
import org.dailypapers.source.arxiv.RecordTaker;

/**
 * Answers of arXiv's interfaces.
 *
 * @param content what the XML of this one holds, in lower case
 */
record ArxivFormat(String name, Pattern content, Reader reader) implements PaperFormat {

    /** All of them, the most particular first. */
    static final List<PaperFormat> ALL = List.of(
            of("arxiv-oai", "<oai-pmh\\b|<record\\b.*oai:arxiv\\.org", ArxivOai::readFile),
            of(
                    "arxiv-rss",
                    "<(?:rss|rdf:rdf)\\b.*arxiv|<feed\\b.*(?:rss\\.arxiv\\.org|arxiv:announce_type)",
                    ArxivRss::read),
            of("arxiv-atom", "<feed\\b.*arxiv", ArxivAtom::readFile));

    /** Reads what an interface answers. */
    @FunctionalInterface
    interface Reader {
        void read(InputStream in, RecordTaker taker) throws IOException;
    }

    @Override
    public String source() {
        return "arxiv";
    }

    @Override
    public boolean recognises(byte[] head, String fileName) {
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("<")
                && content.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    @Override
    public void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException {
        var first = new FirstRecords(reject);
        try {
            reader.read(in, new RecordTaker() {
                @Override
                public PaperRecord decide(Draft draft) {
                    return (draft.listed() == null
                                    ? draft.listedOn(context.edition().orElse(null))
                                    : draft)
                            .paper();
                }

                @Override
                public void take(PaperRecord paper) {
                    first.accepted();
                    accept.accept(paper);
                }

                @Override
                public void reject(long position, String reason) throws IOException {
                    first.rejected(new Rejection("record " + position, reason));
                }
            });
        } catch (UnreadableFileException rubbish) {
            throw new UnreadableFileException(name + ": " + rubbish.getMessage(), rubbish);
        } catch (IOException broken) {
            first.flush();
            throw new UnreadableFileException(name + ": " + broken.getMessage(), broken);
        }
        first.flush();
    }

    private static PaperFormat of(String name, String content, Reader reader) {
        return new ArxivFormat(name, Pattern.compile(content, Pattern.DOTALL), reader);
    }
}
