package org.dailypapers.site.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.feed.synd.SyndPerson;
import com.rometools.rome.io.SyndFeedInput;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dailypapers.digest.letter.DigestView;
import org.dailypapers.language.Language;
import org.dailypapers.language.LetterMessages;
import org.dailypapers.paper.Paper;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.RealData;
import org.dailypapers.source.file.PaperFiles;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.SigningKeys;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

/** What a feed says is what another program reads: ROME for Atom, Jackson for JSON Feed. */
class FeedFormatsTest {

    /** With colons alone. */
    private static final Language ENGLISH = new Language(
            "en",
            (LetterMessages) Proxy.newProxyInstance(
                    LetterMessages.class.getClassLoader(),
                    new Class<?>[] {LetterMessages.class},
                    (proxy, method, arguments) -> ":"),
            null,
            null,
            null);

    private static final Links LINKS = new Links(
            URI.create("https://papers.example.org"),
            new LinkTokens(new SigningKeys("a secret of the tests alone", List.of()), Clock.systemUTC()));
    private static final JsonMapper JSON = new JsonMapper();

    private static Paper paper(String id, String title, String summary, String... authors) {
        var paper = new Paper();
        paper.id = 1L;
        paper.publicId = id;
        paper.title = title;
        paper.summary = summary;
        paper.authors = List.of(authors);
        paper.published = Instant.parse("2026-03-01T17:59:59Z");
        paper.firstEdition = LocalDate.parse("2026-03-02");
        paper.changedAt = Instant.parse("2026-03-05T00:00:00Z");
        return paper;
    }

    private static Feed feed(List<Paper> papers) {
        return new Feed(
                "en",
                "Daily Papers",
                "The papers of the newest editions.",
                "Daily Papers",
                URI.create("https://papers.example.org/"),
                URI.create("https://papers.example.org/feed.atom"),
                papers.stream().map(p -> FeedItem.of(p, LINKS)).toList());
    }

    private static SyndFeed atom(Feed feed) throws Exception {
        return new SyndFeedInput().build(new StringReader(FeedFormat.ATOM.write(feed)));
    }

    /** What a reader shows of HTML. */
    private static Document shown(String html) {
        return Jsoup.parse(html);
    }

    private static void isReadAsPublished(List<Paper> papers) throws Exception {
        Feed feed = feed(papers);
        List<SyndEntry> atom = atom(feed).getEntries();
        JsonNode json = JSON.readTree(FeedFormat.JSON.write(feed)).get("items");
        assertEquals(papers.size(), atom.size());
        assertEquals(papers.size(), json.size());
        for (int i = 0; i < papers.size(); i++) {
            Paper paper = papers.get(i);
            SyndEntry entry = atom.get(i);
            String page = "https://papers.example.org" + paper.path();
            assertEquals(page, entry.getUri());
            assertEquals(page, entry.getLink());
            assertEquals(paper.title, entry.getTitle());
            assertEquals("text", Objects.requireNonNullElse(entry.getTitleEx().getType(), "text"));
            assertEquals(
                    paper.authors,
                    entry.getAuthors().stream().map(SyndPerson::getName).toList());
            assertEquals(Date.from(paper.published), entry.getPublishedDate());
            assertEquals(
                    paper.categories,
                    entry.getCategories().stream()
                            .map(SyndCategory::getName)
                            .limit(paper.categories.size())
                            .toList());
            if (!paper.summary.isEmpty()) {
                assertEquals("html", entry.getDescription().getType());
                assertEquals(
                        paper.summary,
                        shown(entry.getDescription().getValue())
                                .selectFirst("p")
                                .wholeText());
            }
            JsonNode item = json.get(i);
            assertEquals(page, item.get("id").textValue());
            assertEquals(page, item.get("url").textValue());
            assertEquals(paper.title, item.get("title").textValue());
            var names = new ArrayList<String>();
            item.path("authors").forEach(a -> names.add(a.get("name").textValue()));
            assertEquals(paper.authors, names);
            assertEquals(
                    paper.published, Instant.parse(item.get("date_published").textValue()));
            assertTrue(!Instant.parse(item.get("date_modified").textValue()).isBefore(paper.published));
            assertEquals(
                    paper.summary, shown(item.get("content_html").textValue()).wholeText());
        }
    }

    @Test
    void signsAndFormulasAreReadAsTheyArePublished() throws Exception {
        isReadAsPublished(List.of(
                paper(
                        "2603.00001",
                        "Quasars at 0.2<z<0.8 & $\\alpha$ for $5",
                        "With <think> and 0.2<z<0.8 & &lt;b&gt;."),
                paper(
                        "2603.00002",
                        "<script>alert(1)</script>",
                        "]]> <!-- --> &amp;amp; \"quotes\" 'and'",
                        "O'Neil & <b>"),
                paper("2603.00003", "Ünïcode 数学 😀 \u202egnp", "𝔸 and \u00a0", "Łukasz Kaiser", "李 明"),
                paper("doi:10.1002/(sici)1097<1661::aid-sim968>3.0.co;2-2", "An old DOI", "")));
    }

    @Test
    void whatXmlCannotHoldEndsNoFeed() throws Exception {
        SyndEntry entry = atom(feed(List.of(paper("2603.00001", "A\u0000B\u000bC\ufffeD\ud800E", "F\u001bG"))))
                .getEntries()
                .getFirst();
        assertEquals("A\ufffdB\ufffdC\ufffdD\ufffdE", entry.getTitle());
    }

    @Test
    void neitherVotesNorAWithdrawalMakeAnOldPaperNew() {
        Paper paper = paper("2603.00001", "A", "B");
        assertEquals(
                Instant.parse("2026-03-02T00:00:00Z"), FeedItem.of(paper, LINKS).updated());
        paper.withdrawn = true;
        assertEquals(
                Instant.parse("2026-03-02T00:00:00Z"), FeedItem.of(paper, LINKS).updated());
        assertTrue(FeedItem.of(paper, LINKS).html().contains("withdrawn"));
    }

    @Test
    void aPaperOfALetterSaysWhyItIsThere() {
        FeedItem item = FeedItem.of(
                paper("2603.00001", "A", "B<C"),
                LINKS,
                Instant.parse("2026-03-03T08:00:00Z"),
                List.of(new DigestView.Reason("Your interest “a<b”", List.of("x", "y"))),
                ENGLISH);
        assertEquals("<p><strong>Your interest “a&lt;b”</strong>: x, y</p><p>B&lt;C</p>", item.html());
        assertEquals(Instant.parse("2026-03-03T08:00:00Z"), item.updated());
    }

    @Test
    void anEmptyFeedIsAFeed() throws Exception {
        assertEquals(List.of(), atom(feed(List.of())).getEntries());
        JsonNode json = JSON.readTree(FeedFormat.JSON.write(feed(List.of())));
        assertEquals("https://jsonfeed.org/version/1.1", json.get("version").textValue());
        assertEquals(0, json.get("items").size());
        assertNull(json.get("authors"));
    }

    @Test
    void everyRealPaperIsReadAsPublished() throws Exception {
        var papers = new ArrayList<Paper>();
        var files = new ArrayList<Path>(RealData.files("hf-daily-papers/days", ".json"));
        files.add(RealData.path("arxiv-metadata/papers.jsonl"));
        for (Path file : files) {
            PaperFiles.read(file, Optional.empty(), Optional.of(LocalDate.EPOCH), r -> papers.add(paper(r)), r -> {});
        }
        assertTrue(papers.size() > 13_000, papers.size() + " papers");
        for (int i = 0; i < papers.size(); i += FeedPages.MOST_ITEMS) {
            isReadAsPublished(papers.subList(i, Math.min(papers.size(), i + FeedPages.MOST_ITEMS)));
        }
    }

    private static Paper paper(PaperRecord read) {
        Paper paper = paper(
                read.id().value(), read.title(), read.summary(), read.authors().toArray(String[]::new));
        paper.categories = read.categories();
        paper.published = read.published() == null ? paper.published : read.published();
        return paper;
    }
}
