package org.dailypapers.site.feed;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class FeedPagesTest {

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        service.awaitSearch();
    }

    private void take(PaperRecord... papers) {
        assertEquals(
                List.of(),
                intake.file(ScriptedSource.NAME, Stream.of(papers), n -> {}).rejections());
    }

    private static Document atom(String address) {
        Response answer = given().urlEncodingEnabled(false).get(address);
        assertEquals(200, answer.statusCode(), address + " " + answer.asString());
        assertEquals("application/atom+xml;charset=UTF-8", answer.contentType().replace(" ", ""));
        return Jsoup.parse(answer.asString(), "", Parser.xmlParser());
    }

    /** What the feed of that question holds, the same in both formats. */
    private static List<String> titles(String question) {
        List<String> titles =
                atom("/feed.atom" + question).select("entry > title").eachText();
        Response json = given().urlEncodingEnabled(false).get("/feed.json" + question);
        assertEquals("application/feed+json;charset=UTF-8", json.contentType().replace(" ", ""));
        assertEquals(titles, json.jsonPath().getList("items.title"));
        return titles;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void takeSome() {
        take(
                paper("2603.00001", "Speech of machines", "2026-03-02", 3),
                paper("2603.00002", "Diffusion of heat", "2026-03-02", 80),
                paper("2602.00004", "Speech before", "2026-02-27", 1),
                PaperRecord.titled("Proteins")
                        .id(PaperId.arxiv("2603.00005").orElseThrow())
                        .summary("Folding.")
                        .authors(List.of("Ada Lovelace", "Grace Hopper"))
                        .organization("Analytical Engines")
                        .categories(List.of("q-bio.BM", "cs.LG"))
                        .listed(LocalDate.parse("2026-03-02"))
                        .published(Instant.parse("2026-03-01T09:00:00Z"))
                        .build(),
                paper("2603.00006", "Not yet in a closed edition", "2026-03-03", 9));
    }

    @Test
    void theFeedHoldsTheNewestClosedEditionsBestRankFirst() {
        takeSome();
        assertEquals(List.of("Diffusion of heat", "Speech of machines", "Proteins", "Speech before"), titles(""));
        clock.move(Duration.ofDays(1));
        Document feed = atom("/feed.atom");
        assertEquals(
                "http://localhost:8080/feed.atom",
                feed.select("feed > link[rel=self]").attr("href"));
        assertEquals(
                "http://localhost:8080/",
                feed.select("feed > link[rel=alternate]").attr("href"));
        assertEquals(
                "https://arxiv.org/abs/2603.00002",
                feed.selectFirst("entry > link[rel=related]").attr("href"));
    }

    @Test
    void eachQuestionHasItsFeed() {
        takeSome();
        assertEquals(List.of("Speech of machines", "Speech before"), titles("?q=speech"));
        assertEquals(List.of("Proteins"), titles("?author=" + encoded("Ada Lovelace")));
        assertEquals(List.of("Proteins"), titles("?author=" + encoded("G. Hopper")));
        assertEquals(List.of("Proteins"), titles("?org=" + encoded("analytical engines")));
        assertEquals(List.of("Proteins"), titles("?category=cs.LG"));
        assertEquals(List.of("Proteins"), titles("?category=q-bio.*"));
        assertEquals(
                List.of("Proteins"), titles("?topic=proteins&utm_source=x".replace("proteins", topicOfProteins())));
        assertEquals(List.of("Proteins"), titles("?q=folding+OR+speech&category=cs.LG"));
        assertEquals(List.of(), titles("?q=nothing+of+this"));
        assertEquals(
                "http://localhost:8080/papers?q=" + encoded("(folding OR speech) category:cs.LG"),
                atom("/feed.atom?category=cs.LG&q=folding+OR+speech")
                        .select("feed > link[rel=alternate]")
                        .attr("href"));
    }

    /** A topic that some paper of ours is in. */
    private String topicOfProteins() {
        take(PaperRecord.titled("Proteins")
                .id(PaperId.arxiv("2603.00005").orElseThrow())
                .summary("Folding: protein structure prediction.")
                .authors(List.of("Ada Lovelace", "Grace Hopper"))
                .organization("Analytical Engines")
                .categories(List.of("q-bio.BM", "cs.LG"))
                .listed(LocalDate.parse("2026-03-02"))
                .published(Instant.parse("2026-03-01T09:00:00Z"))
                .build());
        return Jsoup.parse(given().get("/topics").asString()).select("a[href^=/topics/]").eachAttr("href").stream()
                .map(a -> a.substring("/topics/".length()))
                .filter(slug -> !slug.isEmpty())
                .filter(slug -> given().get("/topics/" + slug).asString().contains("Proteins"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachPageNamesTheFeedThatMirrorsIt() {
        takeSome();
        Map<String, String> feeds = new LinkedHashMap<>();
        feeds.put("/", "");
        feeds.put("/papers?date=2026-03-02", "");
        feeds.put("/papers?q=" + encoded("\"speech of\" OR <b>"), "?q=" + encoded("\"speech of\" OR <b>"));
        feeds.put("/topics/reasoning", "?topic=reasoning");
        feeds.forEach((page, question) -> {
            Document shown =
                    Jsoup.parse(given().urlEncodingEnabled(false).get(page).asString());
            for (String format : List.of("atom", "json")) {
                String type = "application/" + (format.equals("atom") ? "atom+xml" : "feed+json");
                String address =
                        shown.select("link[rel=alternate][type=" + type + "]").attr("href");
                assertEquals("/feed." + format + question, address, page);
                given().urlEncodingEnabled(false).get(address).then().statusCode(200);
            }
        });
        assertEquals(
                List.of(),
                Jsoup.parse(given().get("/papers?q=(").asString()).select("link[rel=alternate][type*=atom]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=",
                "q",
                "q=%20",
                "q=(",
                "q=%22open",
                "q=a&q=b",
                "topic=no-such-topic",
                "topic=",
                "author=",
                "author=%22",
                "org=%22%22",
                "category=",
                "q=%00",
                "q=speech&topic=none",
            })
    void aQuestionThatCannotBeReadIsOneLine(String question) {
        for (String format : List.of("atom", "json")) {
            Response answer = given().urlEncodingEnabled(false).get("/feed." + format + "?" + question);
            assertEquals(400, answer.statusCode(), question);
            assertEquals("text/plain;charset=UTF-8", answer.contentType().replace(" ", ""));
            assertEquals(1, answer.asString().lines().count(), answer.asString());
            assertEquals("no-store", answer.header("Cache-Control"));
        }
    }

    @Test
    void aTooLongQuestionIsRefusedToo() {
        assertEquals(
                400,
                given().queryParam("q", "word ".repeat(100)).get("/feed.atom").statusCode());
        assertEquals(
                400,
                given().queryParam("author", "x".repeat(400)).get("/feed.json").statusCode());
    }

    @Test
    void whoHasTheFeedIsSentItNoMore() {
        takeSome();
        for (String address : List.of("/feed.atom", "/feed.json", "/feed.atom?q=speech")) {
            Response first = given().get(address);
            String tag = first.header("ETag");
            assertEquals("public, max-age=300", first.header("Cache-Control"));
            for (Response again : List.of(
                    given().header("If-None-Match", tag).get(address),
                    given().header("If-None-Match", "\"x\", " + tag.substring(2))
                            .get(address),
                    given().header("If-None-Match", "*").get(address))) {
                assertEquals(304, again.statusCode(), address);
                assertEquals("", again.asString());
                assertEquals(tag, again.header("ETag"));
                assertEquals("public, max-age=300", again.header("Cache-Control"));
            }
            assertEquals(
                    200,
                    given().header("If-None-Match", "\"other\"").get(address).statusCode(),
                    address);
            assertEquals("", given().head(address).asString());
            assertEquals(tag, given().head(address).header("ETag"));
        }
    }

    @Test
    void aChangeIsInTheFeedAtOnce() {
        takeSome();
        Response before = given().get("/feed.atom?q=speech");
        clock.move(Duration.ofMinutes(1));
        take(paper("2603.00007", "Speech anew", "2026-03-02", null));
        Response after = given().header("If-None-Match", before.header("ETag")).get("/feed.atom?q=speech");
        assertEquals(200, after.statusCode());
        assertNotEquals(before.header("ETag"), after.header("ETag"));
        assertTrue(after.asString().contains("Speech anew"));
    }

    @Test
    void aFeedIsBounded() {
        take(IntStream.range(0, 130)
                .mapToObj(i -> paper("2603.0" + (1000 + i), "Speech number " + i, "2026-03-02", i))
                .toArray(PaperRecord[]::new));
        assertEquals(FeedPages.MOST_ITEMS, titles("").size());
        assertEquals(FeedPages.MOST_ITEMS, titles("?q=speech").size());
        assertEquals("Speech number 129", titles("").getFirst());
        take(IntStream.range(0, 80)
                .mapToObj(i -> PaperRecord.titled("Long " + i)
                        .id(PaperId.arxiv("2602.0" + (2000 + i)).orElseThrow())
                        .summary("waffle ".repeat(2_800))
                        .listed(LocalDate.parse("2026-03-02"))
                        .build())
                .toArray(PaperRecord[]::new));
        await().until(() ->
                !given().get("/feed.json?q=waffle").jsonPath().getList("items").isEmpty());
        Response waffle = given().get("/feed.json?q=waffle");
        assertTrue(waffle.asString().length() < 1_500_000, waffle.asString().length() + " characters");
    }

    @Test
    void aServiceWithoutPapersHasAnEmptyFeed() {
        assertEquals(List.of(), titles(""));
    }
}
