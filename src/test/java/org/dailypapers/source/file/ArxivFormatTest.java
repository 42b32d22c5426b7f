package org.dailypapers.source.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArxivFormatTest {

    private static final String RSS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
              <channel>
                <title>cs.LG updates on arXiv.org</title>
                <lastBuildDate>Tue, 28 Apr 2026 04:00:12 +0000</lastBuildDate>
                <pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>
                %s
              </channel>
            </rss>
            """;

    private static final String ATOM = """
            <?xml version='1.0' encoding='UTF-8'?>
            <feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
              <title>arXiv Query</title>
              <opensearch:totalResults>1</opensearch:totalResults>
              %s
            </feed>
            """;

    private static final String OAI = """
            <?xml version="1.0" encoding="UTF-8"?>
            <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
            <responseDate>2026-04-28T02:40:00Z</responseDate>
            <ListRecords>
            %s
            </ListRecords>
            </OAI-PMH>
            """;

    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("papers.xml"), content);
    }

    private Reading read(String content) throws IOException {
        return Reading.of(file(content));
    }

    private PaperRecord only(String content) throws IOException {
        Reading reading = read(content);
        assertEquals(List.of(), reading.reasons());
        assertEquals(1, reading.papers().size());
        return reading.papers().getFirst();
    }

    private String refusal(String content) throws IOException {
        Path file = file(content);
        var reading = new Reading();
        String message = assertThrows(UnreadableFileException.class, () -> reading.read(file, null, null))
                .getMessage();
        assertFalse(message.contains("\n"), message);
        return message.substring(file.toString().length() + 2);
    }

    private static String item(String id, String type, String creators) {
        return """
               <item>
                 <title>Paper %1$s</title>
                 <link>https://arxiv.org/abs/%1$s</link>
                 <description>arXiv:%1$sv1 Announce Type: %2$s\s
               Abstract: About it.</description>
                 <guid isPermaLink="false">oai:arXiv.org:%1$sv1</guid>
                 <category>cs.LG</category>
                 <category>stat.ML</category>
                 <pubDate>Mon, 27 Apr 2026 00:00:00 -0400</pubDate>
                 <arxiv:announce_type>%2$s</arxiv:announce_type>
                 <dc:creator>%3$s</dc:creator>
                 <arxiv:DOI>10.1000/%1$s</arxiv:DOI>
                 <arxiv:journal_reference>J. Papers 1 (2026)</arxiv:journal_reference>
               </item>
               """.formatted(id, type, creators);
    }

    private static String oai(String header, String metadata) {
        return "<record><header%s</header><metadata>%s</metadata></record>".formatted(header, metadata);
    }

    @Test
    void anItemOfTheFeedBecomesAPaperOfItsBatch() throws IOException {
        PaperRecord paper = only(RSS.formatted(item(
                "2604.21935",
                "new",
                "Ada Lovelace, Jos\u00e9 Ram\u00edrez,  Deepti, Sam Field, Jr., Max (MIT, Boston) Born")));
        assertEquals("2604.21935", paper.id().value());
        assertEquals("Paper 2604.21935", paper.title());
        assertEquals("About it.", paper.summary());
        assertEquals(
                List.of("Ada Lovelace", "Jos\u00e9 Ram\u00edrez", "Deepti", "Sam Field, Jr.", "Max Born"),
                paper.authors());
        assertEquals(5, paper.authorCount());
        assertEquals(List.of("cs.LG", "stat.ML"), paper.categories());
        assertEquals("10.1000/2604.21935", paper.doi());
        // As the feed writes it, in its own zone.
        assertEquals(LocalDate.of(2026, 4, 27), paper.listed());
        assertEquals(Announced.NEW, paper.announced());
    }

    @ParameterizedTest
    @CsvSource({"new,NEW", "cross,AGAIN", "replace,CHANGED", "replace-cross,CHANGED"})
    void eachTypeOfAnnouncementSaysWhetherAPaperIsNew(String type, Announced announced) throws IOException {
        assertEquals(
                announced, only(RSS.formatted(item("2604.00001", type, "A B"))).announced());
    }

    @Test
    void anUnknownTypeOfAnnouncementIsRejectedAndTheOthersGoOn() throws IOException {
        Reading reading = read(RSS.formatted(item("2604.00001", "new", "A") + item("2604.00002", "sold", "B")));
        assertEquals(1, reading.papers().size());
        assertEquals(
                List.of("record 2: oai:arXiv.org:2604.00002v1: announce_type is unknown: sold"), reading.reasons());
    }

    @Test
    void theFeedAsAtomIsTheSameBatch() throws IOException {
        PaperRecord paper = only("""
                <feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/">
                  <id>http://rss.arxiv.org/atom/cs.LG</id>
                  <updated>2026-04-28T04:00:12+00:00</updated>
                  <entry>
                    <id>oai:arXiv.org:2604.21935v2</id>
                    <title>Two &lt;think&gt; &amp; one</title>
                    <summary>arXiv:2604.21935v2 Announce Type: replace-cross Abstract: About it.</summary>
                    <category term="cs.LG"/>
                    <published>2026-04-27T00:00:00-04:00</published>
                    <arxiv:announce_type>replace-cross</arxiv:announce_type>
                    <dc:creator>A B, C D</dc:creator>
                  </entry>
                </feed>
                """);
        assertEquals("Two <think> & one", paper.title());
        assertEquals(LocalDate.of(2026, 4, 27), paper.listed());
        assertEquals(List.of("A B", "C D"), paper.authors());
        assertEquals(Announced.CHANGED, paper.announced());
    }

    @Test
    void aTextIsReadAsTeXOnceAlone() throws IOException {
        PaperRecord paper = Reading.of(
                        file("<feed><id>arxiv</id><entry><id>http://arxiv.org/abs/2604.01234v1</id>"
                                + "<title>Between \\$5 and \\$6 &amp;amp;amp;lt;</title></entry></feed>"),
                        "2026-04-27")
                .papers()
                .getFirst();
        assertEquals(LocalDate.of(2026, 4, 27), paper.listed());
        assertEquals(
                PaperRecord.titled("Between \\$5 and \\$6 &amp;amp;lt;").build().title(), paper.title());
    }

    @Test
    void anEmptyBatchIsNoError() throws IOException {
        assertEquals(List.of(), read(RSS.formatted("")).papers());
    }

    @Test
    void anEntryOfASearchBecomesAPaper() throws IOException {
        PaperRecord paper = only(ATOM.formatted("""
                <entry>
                  <id>http://arxiv.org/abs/astro-ph/0601001v3</id>
                  <title>Hot
                    Jupiters</title>
                  <updated>2007-01-02T14:57:58Z</updated>
                  <published>2006-01-02T14:57:58Z</published>
                  <summary>  We derive V_max&lt;17.5.</summary>
                  <category term="astro-ph" scheme="http://arxiv.org/schemas/atom"/>
                  <category term="physics.space-ph"/>
                  <category term="85A15"/>
                  <category term="J.2"/>
                  <arxiv:comment>62 pages</arxiv:comment>
                  <arxiv:primary_category term="physics.space-ph"/>
                  <arxiv:doi>10.1000/ABC 10.1000/second</arxiv:doi>
                  <author><name>Andrew Gould</name><arxiv:affiliation>Ohio State</arxiv:affiliation></author>
                  <author><name>B. Scott Gaudi</name></author>
                </entry>
                """));
        assertEquals("astro-ph/0601001", paper.id().value());
        assertEquals("Hot Jupiters", paper.title());
        assertEquals("We derive V_max<17.5.", paper.summary());
        assertEquals(List.of("physics.space-ph", "astro-ph"), paper.categories());
        assertEquals(List.of("Andrew Gould", "B. Scott Gaudi"), paper.authors());
        assertEquals("10.1000/abc", paper.doi());
        assertEquals("62 pages", paper.note());
        assertEquals(Instant.parse("2006-01-02T14:57:58Z"), paper.published());
        assertEquals(LocalDate.of(2006, 1, 2), paper.listed());
        assertFalse(paper.withdrawn());
    }

    @Test
    void aFeedThatTellsOfAnErrorIsAnError() throws IOException {
        String feed = ATOM.formatted("""
                <entry>
                  <id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>
                  <title>Error</title>
                  <summary>incorrect id format for abc</summary>
                </entry>
                """);
        assertEquals("arxiv-atom: arXiv says: incorrect id format for abc", refusal(feed));
    }

    @Test
    void aHarvestedRecordBecomesAPaperThatIsNewOnlyToWhoDoesNotKnowIt() throws IOException {
        PaperRecord paper = only(OAI.formatted(oai(
                "><identifier>oai:arXiv.org:2604.01234</identifier><datestamp>2026-04-27</datestamp><setSpec>cs:cs:LG</setSpec>",
                """
                        <arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>2604.01234</id><created>2026-04-24</created><updated>2026-04-26</updated>
                        <authors><author><keyname>Collaboration</keyname><forenames>ATLAS</forenames></author><author><keyname>:</keyname></author>
                        <author><keyname>Field</keyname><forenames>Sam</forenames><suffix>Jr</suffix></author></authors>
                        <title>Graphs of
                          everything</title><categories>cs.LG stat.ML</categories><comments>9 pages</comments>
                        <doi>10.1000/one, 10.1000/two</doi><abstract>  About
                        graphs.</abstract></arXiv>
                        """)));
        assertEquals("2604.01234", paper.id().value());
        assertEquals("Graphs of everything", paper.title());
        assertEquals(List.of("ATLAS Collaboration", "Sam Field Jr"), paper.authors());
        assertEquals(2, paper.authorCount());
        assertEquals(List.of("cs.LG", "stat.ML"), paper.categories());
        assertEquals("10.1000/one", paper.doi());
        assertEquals(LocalDate.of(2026, 4, 27), paper.listed());
        assertEquals(Instant.parse("2026-04-24T00:00:00Z"), paper.published());
        assertEquals(Announced.AGAIN, paper.announced());
    }

    @Test
    void aRecordWithTheHistoryOfItsVersionsBecomesAPaper() throws IOException {
        PaperRecord paper = only(OAI.formatted(
                oai("><identifier>oai:arXiv.org:hep-th/0408048</identifier><datestamp>2026-04-27</datestamp>", """
                        <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>hep-th/0408048</id><submitter>Somebody</submitter>
                        <version version="v1"><date>Thu, 5 Aug 2004 20:01:02 GMT</date><size>12kb</size></version>
                        <version version="v2"><date>Fri, 6 Aug 2004 20:01:02 GMT</date><size>0kb</size></version>
                        <title>T</title><authors>L. Smolin (Perimeter, Waterloo), A. B. Other and C. Third</authors>
                        <categories>hep-th gr-qc</categories><comments>This paper has been withdrawn by the author</comments>
                        <abstract>A.</abstract></arXivRaw>
                        """)));
        assertEquals(List.of("L. Smolin", "A. B. Other", "C. Third"), paper.authors());
        assertEquals(Instant.parse("2004-08-05T20:01:02Z"), paper.published());
        assertTrue(paper.withdrawn());
    }

    @Test
    void aRecordInDublinCoreBecomesAPaper() throws IOException {
        PaperRecord paper = only(OAI.formatted(oai(
                "><identifier>oai:arXiv.org:hep-th/0408048</identifier><datestamp>2026-04-27</datestamp><setSpec>physics:hep-th</setSpec><setSpec>cs</setSpec>",
                """
                        <oai_dc:dc xmlns:oai_dc="o" xmlns:dc="d"><dc:title>An invitation</dc:title>
                        <dc:creator>Smolin, Lee</dc:creator><dc:creator>Fragoso, Tiago de Miranda</dc:creator>
                        <dc:subject>High Energy Physics - Theory</dc:subject>
                        <dc:description>  We describe.</dc:description><dc:description>Comment: 50 pages</dc:description>
                        <dc:date>2005-06-28</dc:date><dc:date>2004-08-05</dc:date>
                        <dc:identifier>http://arxiv.org/abs/hep-th/0408048</dc:identifier>
                        <dc:identifier>doi:10.1142/9789812702340_0078</dc:identifier></oai_dc:dc>
                        """)));
        assertEquals(List.of("Lee Smolin", "Tiago de Miranda Fragoso"), paper.authors());
        assertEquals("We describe.", paper.summary());
        assertEquals("50 pages", paper.note());
        assertEquals(List.of("hep-th"), paper.categories());
        assertEquals("10.1142/9789812702340_0078", paper.doi());
        assertEquals(Instant.parse("2004-08-05T00:00:00Z"), paper.published());
    }

    @Test
    void aDeletedRecordSaysThatThePaperIsGone() throws IOException {
        PaperRecord paper = only(
                OAI.formatted(
                        "<record><header status=\"deleted\"><identifier>oai:arXiv.org:2604.01234</identifier><datestamp>2026-04-27</datestamp></header></record>"));
        assertEquals("2604.01234", paper.id().value());
        assertEquals(Announced.REMOVED, paper.announced());
        assertTrue(paper.withdrawn());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "This paper has been withdrawn by the author due to an error | true",
                "Withdrawn, superseded by 2604.1 | true",
                "[This version is withdrawn] | true",
                "The article has been withdrawn | true",
                "An earlier version was withdrawn | false",
                "12 pages; a companion paper was withdrawn | false",
                "On withdrawn carbon | false"
            })
    void aPaperIsWithdrawnWhereItsCommentBeginsWithThat(String comment, boolean withdrawn) throws IOException {
        PaperRecord paper =
                only(ATOM.formatted("<entry><id>http://arxiv.org/abs/2604.01234v1</id><title>T</title><arxiv:comment>"
                        + comment + "</arxiv:comment></entry>"));
        assertEquals(withdrawn, paper.withdrawn());
    }

    @Test
    void anErrorOfTheHarvestIsAnError() throws IOException {
        assertEquals(
                "arxiv-oai: arXiv says: badResumptionToken The token has expired",
                refusal("<OAI-PMH><responseDate>2026-04-28T00:00:00Z</responseDate>"
                        + "<error code=\"badResumptionToken\">The token has expired</error></OAI-PMH>"));
    }

    @Test
    void aRecordWithoutTitleOrIdIsRejectedAndTheOthersGoOn() throws IOException {
        Reading reading = read(ATOM.formatted("<entry><id>http://arxiv.org/abs/2604.01234v1</id></entry>"
                + "<entry><title>T</title></entry><entry><id>http://example.org/1</id><title>T</title></entry>"
                + "<entry><id>http://arxiv.org/abs/2604.01235v1</id><title>T</title></entry>"));
        assertEquals(
                List.of(
                        "record 1: http://arxiv.org/abs/2604.01234v1: title is blank",
                        "record 2: id is missing",
                        "record 3: http://example.org/1: id is not an arXiv id: http://example.org/1"),
                reading.reasons());
        assertEquals(1, reading.papers().size());
    }

    @Test
    void aDocumentTypeDeclarationIsRefused() throws IOException {
        String bomb = "<!DOCTYPE feed [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n"
                + ATOM.substring(ATOM.indexOf("<feed"))
                        .formatted("<entry><id>http://arxiv.org/abs/2604.01234v1</id><title>&b;</title></entry>");
        assertEquals("arxiv-atom: a document type declaration is not read", refusal(bomb));
    }

    @Test
    void anExternalEntityIsNeverFetched() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "the secret");
        String feed = "<!DOCTYPE feed [<!ENTITY file SYSTEM \"" + secret.toUri() + "\">]>\n"
                + ATOM.substring(ATOM.indexOf("<feed"))
                        .formatted("<entry><id>http://arxiv.org/abs/2604.01234v1</id><title>&file;</title></entry>");
        assertEquals("arxiv-atom: a document type declaration is not read", refusal(feed));
    }

    @Test
    void anUndeclaredEntityIsRefused() throws IOException {
        String refusal = refusal(
                ATOM.formatted("<entry><id>http://arxiv.org/abs/2604.01234v1</id><title>caf&eacute;</title></entry>"));
        assertTrue(refusal.startsWith("arxiv-atom: record 1"), refusal);
    }

    @Test
    void aFileThatBreaksOffGivesWhatCameBefore() throws IOException {
        String whole = RSS.formatted(item("2604.00001", "new", "A") + item("2604.00002", "new", "B"));
        Path file = file(whole.substring(0, whole.indexOf("2604.00002v1 Announce")));
        var reading = new Reading();
        String message = assertThrows(UnreadableFileException.class, () -> reading.read(file, null, null))
                .getMessage();
        assertTrue(message.contains("record 2 at line "), message);
        assertEquals(1, reading.papers().size());
    }

    @Test
    void aFileOfAnotherEncodingThanItSaysIsRefused() throws IOException {
        Path file = folder.resolve("latin.xml");
        Files.write(
                file, RSS.formatted(item("2604.00001", "new", "Ram\u00edrez")).getBytes(ISO_8859_1));
        var reading = new Reading();
        String message = assertThrows(UnreadableFileException.class, () -> reading.read(file, null, null))
                .getMessage();
        assertTrue(message.contains("record 1"), message);
        assertEquals(List.of(), reading.papers());
        Files.write(
                file,
                RSS.formatted(item("2604.00001", "new", "Ram\u00edrez"))
                        .replace("UTF-8", "ISO-8859-1")
                        .getBytes(ISO_8859_1));
        assertEquals(
                List.of("Ram\u00edrez"), Reading.of(file).papers().getFirst().authors());
    }

    @Test
    void elementsWithinElementsWithoutEndAreRefused() throws IOException {
        assertTrue(refusal(RSS.formatted("<item>" + "<a>".repeat(100_000))).contains("within more than"));
        assertTrue(refusal(RSS.formatted("<a>".repeat(100_000))).contains("within more than"));
    }

    @Test
    void aRecordOfManyMegabytesIsRefused() throws IOException {
        String refusal = refusal(RSS.formatted("<item><title>" + "x".repeat(20 << 20) + "</title></item>"));
        assertTrue(refusal.contains("larger than 8 MB"), refusal);
    }

    @Test
    void aPaperOfSixThousandAuthorsKeepsFiveThousandNames() throws IOException {
        String creators = IntStream.range(0, 6_000).mapToObj(n -> "Author " + n).collect(Collectors.joining(", "));
        PaperRecord paper = only(RSS.formatted(item("2604.00001", "new", creators)));
        assertEquals(5_000, paper.authors().size());
        assertEquals(6_000, paper.authorCount());
    }

    @Test
    void aLargeFileFullOfEscapedSignsIsReadToItsEnd() throws IOException {
        Path large = folder.resolve("large.xml");
        String text = " &lt; a quite long text about papers".repeat(200);
        int[] count = {0};
        try (OutputStream out = Files.newOutputStream(large)) {
            out.write("<OAI-PMH><ListRecords>".getBytes(UTF_8));
            for (long written = 0; written < 24L << 20; count[0]++) {
                byte[] record = oai(
                                "><identifier>oai:arXiv.org:2604.%05d</identifier><datestamp>2026-04-27</datestamp>"
                                        .formatted(count[0]),
                                "<arXiv><id>2604.%05d</id><title>T</title><abstract>%s</abstract></arXiv>"
                                        .formatted(count[0], text))
                        .getBytes(UTF_8);
                out.write(record);
                written += record.length;
            }
            out.write("</ListRecords></OAI-PMH>".getBytes(UTF_8));
        }
        int[] read = {0};
        PaperFiles.read(large, Optional.empty(), Optional.empty(), paper -> read[0]++, reason -> {
            throw new AssertionError(reason);
        });
        assertEquals(count[0], read[0]);
    }

    @Test
    void everyRecordedAnswerOfASearchIsReadWholeAndTheErrorIsAnError() throws IOException {
        for (Path sample : RealData.files("wire-samples/arxiv-atom", ".xml")) {
            if (sample.toString().contains("status400")) {
                String refusal = assertThrows(UnreadableFileException.class, () -> Reading.of(sample))
                        .getMessage();
                assertTrue(refusal.endsWith("arXiv says: incorrect id format for abc"), refusal);
            } else {
                whole(sample, "<entry>");
            }
        }
    }

    @Test
    void everyRecordedBatchIsReadWhole() throws IOException {
        for (Path sample : RealData.files("wire-samples/arxiv-rss", ".xml")) {
            whole(sample, "<item>").forEach(paper -> assertEquals(LocalDate.of(2026, 4, 27), paper.listed()));
        }
    }

    @Test
    void everyRecordedHarvestIsReadWhole() throws IOException {
        for (Path sample : RealData.files("wire-samples/arxiv-oai", ".xml")) {
            whole(sample, "<record>").forEach(paper -> assertTrue(paper.listed() != null, sample.toString()));
        }
    }

    private static List<PaperRecord> whole(Path sample, String record) throws IOException {
        Reading reading = Reading.of(sample);
        assertEquals(List.of(), reading.reasons(), sample.toString());
        long written = Pattern.compile(Pattern.quote(record))
                .matcher(Files.readString(sample))
                .results()
                .count();
        assertEquals(written, reading.papers().size(), sample.toString());
        for (PaperRecord paper : reading.papers()) {
            assertTrue(paper.id().isArxiv(), sample.toString());
            assertFalse(
                    paper.title().isBlank() || paper.summary().isBlank(),
                    paper.id().value());
            assertFalse(paper.authors().isEmpty(), paper.id().value());
            assertTrue(
                    paper.published() != null || sample.toString().contains("arxiv-rss"),
                    paper.id().value());
            assertFalse(paper.withdrawn(), paper.id().value());
            assertNull(paper.votes());
        }
        return reading.papers();
    }
}
