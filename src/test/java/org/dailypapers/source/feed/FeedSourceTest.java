package org.dailypapers.source.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.http.PublicAddresses;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedSourceTest {

    private static final String JOURNAL = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
                xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
                xmlns:content="http://purl.org/rss/1.0/modules/content/">
              <channel rdf:about="http://feeds.example/journal"><title>Journal</title><link>http://feeds.example</link>
                <description>All</description></channel>
              <item rdf:about="https://www.nature.com/articles/s41586-026-00001-1">
                <title><![CDATA[The <i>E. coli</i> atlas at p < 0.05 &amp; $\\alpha$]]></title>
                <link>https://www.nature.com/articles/s41586-026-00001-1</link>
                <content:encoded><![CDATA[<p>Nature, Published online; <a href="x">doi</a></p>CO<sub>2</sub> &lt; 4.]]></content:encoded>
                <dc:creator>Ada Lovelace</dc:creator><dc:creator>Charles Babbage</dc:creator>
                <dc:identifier>doi:10.1038/s41586-026-00001-1</dc:identifier><dc:date>2026-03-02</dc:date>
                <prism:doi>10.1038/s41586-026-00001-1</prism:doi>
              </item>
              <item rdf:about="https://www.nature.com/articles/d41586-026-00002-2">
                <title>Without an abstract</title><link>https://www.nature.com/articles/d41586-026-00002-2</link>
                <dc:date>2026</dc:date>
              </item>
            </rdf:RDF>
            """;

    private static final String ATOM = """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>Ours</title><id>urn:ours</id>
              <updated>2026-03-03T10:00:00Z</updated>
              <entry><id>tag:ours,2026:1</id><title type="text">A &lt;think> of <![CDATA[<b>]]> &amp;amp; B</title>
                <link rel="self" href="/self"/><link href="/papers/1"/>
                <author><name>Lovelace, A. K.; Babbage, C.</name></author>
                <category term="cs.LG"/><updated>2026-03-03T10:00:00Z</updated>
                <summary type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second &amp;lt;think&amp;gt;.&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;</summary></entry>
              <entry><id>http://arxiv.org/abs/2603.00001v2</id><title>At arXiv</title>
                <link href="http://arxiv.org/abs/2603.00001v2"/></entry>
              <entry><id>x</id><title>  </title></entry>
            </feed>
            """;

    private static final String RSS = """
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>
              <title>T</title><link>http://feeds.example</link><description>D</description>
              <item><title>From Wiley</title><link>https://onlinelibrary.wiley.com/doi/full/10.1002/ABC.123?af=R</link>
                <pubDate>Mon, 02 Mar 2026 00:00:00 GMT</pubDate><author>a@b.example (Ada Lovelace)</author></item>
              <item><title>From bioRxiv</title><link>https://www.biorxiv.org/content/10.1101/2026.03.01.000001v2?rss=1</link>
                <dc:creator>Ada Lovelace, Charles Babbage</dc:creator><dc:date>2026-03-01</dc:date></item>
              <item><title>RETRACTED: An older one</title><link>https://example.org/old</link>
                <pubDate>Sun, 01 Feb 2026 00:00:00 GMT</pubDate></item>
              <item><title>Replaced at arXiv</title><link>https://arxiv.org/abs/2602.00009</link>
                <guid isPermaLink="false">oai:arXiv.org:2602.00009v3</guid>
                <arxiv:announce_type>replace</arxiv:announce_type><pubDate>Mon, 02 Mar 2026 00:00:00 -0500</pubDate></item>
            </channel></rss>
            """;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> rejected = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String base;
    private byte[] body;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            if (path.startsWith("/to/")) {
                exchange.getResponseHeaders().set("Location", path.substring(4));
                exchange.sendResponseHeaders(302, -1);
            } else {
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private FeedSource feed(String path, String... privateHosts) {
        return new FeedSource(
                new FeedList.Feed("ours", URI.create(base + path)),
                new PublicAddresses(Set.of(privateHosts)),
                UserAgent.of(URI.create("https://papers.example.org")),
                Clock.fixed(Instant.parse("2026-03-03T12:00:00Z"), ZoneOffset.UTC),
                time -> {},
                (source, reason, excerpt) -> rejected.add(reason + " | " + excerpt));
    }

    private List<PaperRecord> read(String text) throws SourceException {
        body = text.strip().getBytes(StandardCharsets.UTF_8);
        return feed("/feed?x=1,2", "127.0.0.1").fetch(Instant.EPOCH).toList();
    }

    private static String failure(FeedSource feed) {
        return assertThrows(SourceException.class, () -> feed.fetch(Instant.EPOCH))
                .getMessage();
    }

    @Test
    void aJournalsItemsAreReadWithDoiAuthorsAndPlainText() throws SourceException {
        List<PaperRecord> papers = read(JOURNAL);
        assertEquals(List.of("/feed?x=1,2"), requests);
        PaperRecord atlas = papers.getFirst();
        assertEquals("The E. coli atlas at p < 0.05 & α", atlas.title());
        assertEquals("Nature, Published online; doi CO2 < 4.", atlas.summary());
        assertEquals(List.of("Ada Lovelace", "Charles Babbage"), atlas.authors());
        assertEquals(new PaperId("doi:10.1038/s41586-026-00001-1"), atlas.id());
        assertEquals(LocalDate.parse("2026-03-02"), atlas.listed());
        PaperRecord bare = papers.get(1);
        assertEquals("", bare.summary());
        assertNull(bare.listed(), "a year is no date");
        assertNull(bare.published());
        assertTrue(bare.id().isOwn());
    }

    @Test
    void anItemWithoutADateIsNoNewsAtTheFirstReadingAndIsAfterwards() throws SourceException {
        body = ATOM.strip().getBytes(StandardCharsets.UTF_8);
        FeedSource feed = feed("/feed", "127.0.0.1");
        LocalDate today = LocalDate.parse("2026-03-03");
        assertEquals(
                List.of("2026-01-24 At arXiv", "2026-03-03 A <think> of <b> & B"),
                feed.fetch(today.minusDays(7), today)
                        .map(paper -> paper.listed() + " " + paper.title())
                        .toList());
        assertNull(feed.fetch(Instant.parse("2026-03-02T00:00:00Z"))
                .filter(paper -> paper.title().equals("At arXiv"))
                .findFirst()
                .orElseThrow()
                .listed());
    }

    @Test
    void anAtomFeedsPlainTitleIsLeftAsItIs() throws SourceException {
        List<PaperRecord> papers = read(ATOM);
        assertEquals(2, papers.size(), "one has no title");
        PaperRecord first = papers.getFirst();
        assertEquals("A <think> of <b> & B", first.title());
        assertEquals("First. Second <think>.", first.summary());
        assertEquals(List.of("A. K. Lovelace", "C. Babbage"), first.authors());
        assertEquals(List.of("cs.LG"), first.categories());
        assertEquals(base + "/papers/1", first.url());
        assertEquals(new PaperId("2603.00001"), papers.get(1).id());
        assertNull(papers.get(1).listed());
    }

    @Test
    void identitiesAreFoundInLinks() throws SourceException {
        List<PaperRecord> papers = read(RSS);
        assertEquals(
                List.of(
                        "2026-02-01 RETRACTED: An older one",
                        "2026-03-01 From bioRxiv",
                        "2026-03-02 From Wiley",
                        "2026-03-02 Replaced at arXiv"),
                papers.stream()
                        .map(paper -> paper.listed() + " " + paper.title())
                        .toList());
        assertTrue(papers.get(0).withdrawn());
        assertEquals("10.1101/2026.03.01.000001", papers.get(1).doi());
        assertEquals(List.of("Ada Lovelace", "Charles Babbage"), papers.get(1).authors());
        assertEquals(new PaperId("doi:10.1002/abc.123"), papers.get(2).id());
        assertEquals(List.of("Ada Lovelace"), papers.get(2).authors());
        assertEquals(new PaperId("2602.00009"), papers.get(3).id());
        assertEquals(PaperRecord.Announced.CHANGED, papers.get(3).announced());
    }

    @Test
    void noFeedTakesBackAPaperOfArxivsOrDatesItselfAhead() throws SourceException {
        List<PaperRecord> papers = read("""
                <rss version="2.0"><channel><title>T</title><link>http://feeds.example</link><description>D</description>
                  <item><title>Withdrawn: x</title><link>https://arxiv.org/abs/2601.00001</link></item>
                  <item><title>Retracted articles in oncology: a survey</title><link>https://example.org/1</link></item>
                  <item><title>RETRACTED ARTICLE: y</title><link>https://example.org/2</link></item>
                  <item><title>From the future</title><link>https://example.org/3</link>
                    <pubDate>Mon, 30 Dec 2999 00:00:00 GMT</pubDate></item>
                </channel></rss>""");
        assertEquals(
                List.of(
                        "false Withdrawn: x",
                        "false Retracted articles in oncology: a survey",
                        "true RETRACTED ARTICLE: y",
                        "false From the future"),
                papers.stream()
                        .map(paper -> paper.withdrawn() + " " + paper.title())
                        .toList());
        assertNull(papers.get(3).published());
        assertNull(papers.get(3).listed());
    }

    @Test
    void theNewsLeaveOutWhatWasThereLongBefore() throws SourceException {
        body = RSS.strip().getBytes(StandardCharsets.UTF_8);
        try (Stream<PaperRecord> papers = feed("/feed", "127.0.0.1").fetch(Instant.parse("2026-03-02T00:00:00Z"))) {
            assertEquals(3, papers.count());
        }
    }

    @Test
    void anAddressInAPrivateNetworkIsNotAsked() {
        assertEquals(
                "ours: GET " + base + "/feed leads into a private network: the address of 127.0.0.1 is not public",
                failure(feed("/feed")));
        assertEquals(List.of(), requests);
    }

    @Test
    void aRedirectIntoAPrivateNetworkIsNotFollowed() {
        String metadata = "http://169.254.169.254/latest";
        assertEquals(
                "ours: GET " + base + "/to/" + metadata + " is redirected to " + metadata
                        + ", which leads into a private network: the address of 169.254.169.254 is not public",
                failure(feed("/to/" + metadata, "127.0.0.1")));
        assertTrue(failure(feed("/to/file:///etc/passwd", "127.0.0.1")).endsWith("is no plain address of the web"));
    }

    @Test
    void aRedirectToAnotherServerIsFollowedAndALoopIsNot() throws SourceException {
        body = ATOM.strip().getBytes(StandardCharsets.UTF_8);
        String other = "http://localhost:" + server.getAddress().getPort() + "/feed";
        try (Stream<PaperRecord> papers =
                feed("/to/" + other, "127.0.0.1", "localhost").fetch(Instant.EPOCH)) {
            assertEquals(2, papers.count());
        }
        assertTrue(failure(feed("/to/to/to/to/to/to/to/to/feed", "127.0.0.1")) != null);
    }

    @Test
    void whatIsNoFeedIsAFailureInOneLine() {
        String bomb = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                + "<rss version='2.0'><channel><title>&a;</title></channel></rss>";
        for (String lie : List.of(
                "",
                "<html><body>Log in</body></html>",
                "<!DOCTYPE html><html><br></html>",
                "{\"items\": []}",
                ATOM.strip().substring(0, 700),
                bomb,
                "<rss version='2.0'><channel>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</channel></rss>")) {
            body = lie.getBytes(StandardCharsets.UTF_8);
            String failure = failure(feed("/feed", "127.0.0.1"));
            assertTrue(failure.startsWith("ours: GET " + base + "/feed answered "), failure);
            assertTrue(!failure.contains("\n"), failure);
        }
    }

    @Test
    void theCharsetIsTheOneThatTheFeedDeclares() throws SourceException {
        body =
                ("<?xml version='1.0' encoding='ISO-8859-1'?><rss version='2.0'><channel><title>T</title><link>http://x</link>"
                                + "<description>D</description><item><title>Über naïve Bäume</title></item></channel></rss>")
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                "Über naïve Bäume",
                feed("/feed", "127.0.0.1")
                        .fetch(Instant.EPOCH)
                        .toList()
                        .getFirst()
                        .title());
    }

    @Test
    void aFeedWithoutItemsIsAQuietOne() throws SourceException {
        assertEquals(
                List.of(),
                read(
                        "<rss version='2.0'><channel><title>T</title><link>http://x</link><description>D</description></channel></rss>"));
    }
}
