package org.dailypapers.matching.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.IndexableField;
import org.dailypapers.matching.index.IndexField;
import org.dailypapers.matching.word.Analysis;
import org.dailypapers.paper.Paper;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.Sample;
import org.junit.jupiter.api.Test;

/** An index that lies on disk is of the version that made it. */
class SearchFormatTest {

    /** Of how the bundled papers and some hard words are indexed. */
    private static final String OF_FORMAT_1 = "83ca7534ed1044d583cb198cd521f016032ebf649e194889e378840bbcbcd8dd";

    private static final String HARD = "β-VAE Lyα matrices spectra masses GPT-4o Qwen2.5 naïve Erdős Poincaré's 3-D "
            + "x^2 10% H₂O 中文 COVID–19 ﬁne-tuned agents' embeddings";

    private final StringBuilder all = new StringBuilder();

    private void add(Paper paper) {
        for (IndexableField field : IndexField.document(paper)) {
            all.append(field.name()).append('=').append(field.stringValue()).append('\n');
        }
    }

    private static Paper paper(PaperRecord record) {
        var paper = new Paper();
        paper.id = 1L;
        paper.title = record.title();
        paper.summary = record.summary() == null ? "" : record.summary();
        paper.authors = record.authors();
        paper.keywords = record.keywords();
        paper.categories = record.categories();
        paper.organization = record.organization();
        return paper;
    }

    @Test
    void whoeverIndexesPapersOtherwiseRaisesTheFormat() throws NoSuchAlgorithmException {
        List<PaperRecord> sample = Sample.papers(LocalDate.parse("2026-03-02"));
        sample.forEach(record -> add(paper(record)));
        for (Analyzer analyzer : List.of(Analysis.PROSE, Analysis.NAMES, Analysis.EXACT)) {
            Stream.concat(Stream.of(HARD), sample.stream().map(r -> r.title() + " " + r.summary()))
                    .forEach(text -> all.append(Analysis.words(analyzer, text)).append('\n'));
        }
        String now = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(all.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                OF_FORMAT_1,
                now,
                "Papers are indexed otherwise than before: raise SearchIndex.FORMAT, so that indexes on disk are made"
                        + " anew, and put the new fingerprint here; where the bundled papers alone changed, put it here"
                        + " and raise nothing");
    }
}
