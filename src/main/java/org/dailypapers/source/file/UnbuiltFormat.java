package org.dailypapers.source.file;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.dailypapers.source.PaperRecord;

/**
 * A format of arXiv's that is known, so that it is named when met, and not read yet.
 *
 * @param content what the XML of this format holds, in lower case
 */
record UnbuiltFormat(String name, Pattern content) implements PaperFormat {

    /** All of them, the most particular first. */
    static final List<PaperFormat> ALL = List.of(
            of("arxiv-oai", "<oai-pmh\\b|<record\\b.*oai:arxiv\\.org"),
            of("arxiv-rss", "<(?:rss|rdf:rdf)\\b.*arxiv|<feed\\b.*(?:rss\\.arxiv\\.org|arxiv:announce_type)"),
            of("arxiv-atom", "<feed\\b.*arxiv"));

    @Override
    public boolean recognises(byte[] head, String fileName) {
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("<")
                && content.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    @Override
    public void read(InputStream in, Context context, Consumer<PaperRecord> accept, Consumer<Rejection> reject)
            throws UnreadableFileException {
        throw new UnreadableFileException(name + ": not built yet; import hf-json, jsonl or page-text instead");
    }

    private static PaperFormat of(String name, String content) {
        return new UnbuiltFormat(name, Pattern.compile(content, Pattern.DOTALL));
    }
}
