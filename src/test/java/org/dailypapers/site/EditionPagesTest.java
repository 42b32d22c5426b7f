package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EditionPagesTest {

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @Inject
    ScriptedSource source;

    @Inject
    Database database;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
    }

    private void take(Stream<PaperRecord> records) {
        intake.file("jsonl", records, n -> {});
    }

    private static PaperRecord paper(int number, String listed, Integer votes, Integer comments) {
        return PaperRecord.titled("Paper " + number)
                .id(PaperId.arxiv("2603.%05d".formatted(number)).orElseThrow())
                .summary("About robots and speech, number " + number)
                .listed(LocalDate.parse(listed))
                .votes(votes)
                .comments(comments)
                .build();
    }

    private static Document page(String address) {
        Response answer = given().get(address);
        assertEquals(200, answer.statusCode(), address);
        return Jsoup.parse(answer.asString());
    }

    private static List<String> titles(Document page) {
        return page.select(".papers h3").eachText();
    }

    /** Every page that can be reached by following "next", from the first one. */
    private static List<Document> all(String address) {
        var pages = new ArrayList<Document>();
        for (String next = address; next != null; ) {
            Document page = page(next);
            pages.add(page);
            var link = page.selectFirst("a[rel=next][href*=page=]");
            next = link == null ? null : link.attr("href");
        }
        return pages;
    }

    @Test
    void anEditionOfManyPapersIsShownInPages() {
        int papers = 3 * EditionPages.EDITION_PAGE + 5;
        take(IntStream.range(0, papers)
                .mapToObj(i -> paper(i, "2026-03-0" + (1 + i % 2), i % 3 == 0 ? 1 + i : null, null)));
        for (String address : List.of("/papers?date=2026-03-02&period=month", "/papers?date=2026-03-02&period=week")) {
            List<Document> pages = all(address);
            assertEquals(4, pages.size(), address);
            var seen = new HashSet<String>();
            for (Document page : pages) {
                assertTrue(titles(page).size() <= EditionPages.EDITION_PAGE, address);
                titles(page).forEach(title -> assertTrue(seen.add(title), title + " comes twice"));
                assertTrue(page.selectFirst(".dateline").text().contains(papers + " papers, 82 with votes"));
            }
            assertEquals(papers, seen.size(), address);
            List<Integer> votes = pages.stream()
                    .flatMap(page -> page.select("ol.ranked .votes").eachText().stream())
                    .map(text -> Integer.valueOf(text.replace("Votes: ", "")))
                    .toList();
            assertEquals(votes.stream().sorted(Comparator.reverseOrder()).toList(), votes, "in order over all pages");
            Document second = pages.get(1);
            assertEquals(address + "&page=1", second.selectFirst("a[rel=prev]").attr("href"));
            assertEquals(
                    address + "&page=3",
                    second.selectFirst("head link[rel=next]").attr("href"));
            assertTrue(second.title().contains("page 2"), second.title());
            assertEquals("81", second.selectFirst("ol.ranked").attr("start"));
            assertNull(pages.getLast().selectFirst("a[rel=next]"));
            assertEquals(404, given().get(address + "&page=5").statusCode());
        }
    }

    @Test
    void aDayOfManyPapersKeepsItsTopicsOverPages() {
        take(IntStream.range(0, 100).mapToObj(i -> paper(i, "2026-03-02", null, null)));
        List<Document> pages = all("/papers?date=2026-03-02");
        assertEquals(2, pages.size());
        assertEquals(
                100,
                pages.stream().flatMap(page -> titles(page).stream()).distinct().count());
        String heading = pages.getFirst().select("section.rest h2").last().text();
        assertEquals(heading, pages.getLast().select("section.rest h2").first().text(), "a topic goes on");
        assertTrue(heading.endsWith(" 100"), heading);
    }

    @Test
    void aPapersPageShowsTheFixedPartsOfItsScore() {
        take(Stream.of(
                paper(1, "2026-02-20", 100, 10),
                PaperRecord.titled("Paper with code")
                        .id(new PaperId("2602.00002"))
                        .listed(LocalDate.parse("2026-02-20"))
                        .code("https://github.com/example/code")
                        .votes(9)
                        .stars(999)
                        .starsGained(9)
                        .build(),
                paper(3, "2026-02-20", null, null)));
        database.update("update paper set votes = 5000, stars = 90000");
        var figure = page("/papers/2602.00002").selectFirst("figure.score");
        assertEquals(
                "Parts of the trending score: Votes 0.42, Stars 0.05, New stars 0.07",
                figure.selectFirst("svg[role=img]").attr("aria-label"));
        assertTrue(figure.text().startsWith("Trending 1.55 of 2, rank 2 in the edition of"), figure.text());
        assertEquals(
                List.of("0.0 42.4", "42.4 5.0", "47.4 7.5"),
                figure.select("svg[role=img] rect[x]").stream()
                        .map(part -> part.attr("x") + " " + part.attr("width"))
                        .toList());
        assertEquals(0, figure.select("[style]").size());
        assertNull(page("/papers/2603.00003").selectFirst("figure.score"), "nobody has counted anything");
    }

    @Test
    void whatTheOrderCountsIsShown() {
        take(Stream.of(
                paper(1, "2026-03-02", 45, 30),
                paper(2, "2026-03-02", 49, 0),
                paper(3, "2026-03-02", 122, null),
                paper(4, "2026-03-02", 30, 1)));
        for (String address : List.of(
                "/papers?date=2026-03-02",
                "/papers?date=2026-03-02&period=week",
                "/papers?date=2026-03-03&period=month")) {
            Document page = page(address);
            assertEquals(List.of("Paper 3", "Paper 1", "Paper 2", "Paper 4"), titles(page), address);
            assertTrue(
                    page.selectFirst("#trending").text().contains("by votes, comments and the stars of their code"),
                    address);
            assertEquals(
                    List.of("Comments: 30", "Comments: 1"),
                    page.select(".tally .comments").eachText(),
                    address);
        }
    }

    @Test
    void aPaperOfAClockThatWasAheadDoesNotFreezeThePage() {
        clock.moveTo("2031-01-01T00:00:00Z");
        take(Stream.of(paper(1, "2026-03-02", 9, null)));
        clock.moveTo("2026-03-03T12:00:00Z");
        take(Stream.of(paper(2, "2026-03-02", 5, null)));
        assertEquals(List.of("Paper 1", "Paper 2"), titles(page("/papers?date=2026-03-02")));
        take(Stream.of(paper(2, "2026-03-02", 50, null)));
        assertEquals(List.of("Paper 2", "Paper 1"), titles(page("/papers?date=2026-03-02")));
    }

    @Test
    void whatCannotBeAnsweredSaysWhatIsWrongAndWhatToDo() {
        take(Stream.of(paper(1, "2026-03-02", 9, null)));
        Document early = Jsoup.parse(given().get("/papers?date=1990-12-31").asString());
        assertTrue(
                early.text()
                        .contains("There is no edition of 1990-12-31; there are some from 2026-03-02 to 2026-03-03."),
                early.text());
        Document typed = Jsoup.parse(given().get("/papers?date=yesterday").asString());
        assertTrue(typed.text().contains("“yesterday” is no date; a date is written like 2026-03-03."), typed.text());
        assertTrue(typed.selectFirst("h1").text().contains("Please check the address"));
    }

    @Test
    void theApiGivesAnEditionInPages() {
        take(IntStream.range(0, 30).mapToObj(i -> paper(i, "2026-03-02", i, null)));
        var first = given().get("/api/v1/editions/2026-03-02?size=20").jsonPath();
        assertEquals(30, first.getInt("total"));
        assertEquals(20, first.getList("entries").size());
        var second = given().get("/api/v1/editions/2026-03-02?size=20&page=1").jsonPath();
        assertEquals(10, second.getList("entries").size());
        assertEquals(21, second.getInt("entries[0].rank"));
        for (String wrong : List.of("size=0", "size=501", "page=-1", "page=x")) {
            assertEquals(
                    400, given().get("/api/v1/editions/2026-03-02?" + wrong).statusCode(), wrong);
        }
    }

    @Test
    void anEditionOfADayOnWhichASourceAnnouncedNothingSaysSo() {
        source.beQuietOn("2026-02-14", "arXiv");
        take(Stream.of(paper(1, "2026-02-13", 3, null), paper(2, "2026-02-14", 3, null)));
        assertEquals(
                List.of("arXiv announced nothing."),
                page("/papers?date=2026-02-14").select(".notice").eachText());
        assertEquals(
                List.of(), page("/papers?date=2026-02-13").select(".notice").eachText());
        assertEquals(
                List.of(),
                page("/papers?date=2026-02-14&period=week").select(".notice").eachText());
    }

    private static PaperRecord about(String words, int number, Integer votes, String... categories) {
        return PaperRecord.titled(words + " " + number)
                .id(PaperId.arxiv("2603.%05d".formatted(number)).orElseThrow())
                .summary(words)
                .listed(LocalDate.parse("2026-03-02"))
                .categories(List.of(categories))
                .votes(votes)
                .build();
    }

    @Test
    void topicsAndCategoriesNarrowAnEditionTogether() {
        take(Stream.of(
                about("Robot manipulation", 1, 9, "cs.RO", "cs.AI"),
                about("Robot manipulation", 2, 5, "cs.RO"),
                about("Text to speech", 3, 7, "eess.AS", "cs.AI"),
                about("Robot manipulation", 4, null, "cs.RO")));
        String day = "/papers?date=2026-03-02";
        Document all = page(day);
        assertEquals(4, titles(all).size());
        String robots = all.select(".filters a:contains(Robotics)").attr("href");
        assertEquals(day + "&topic=robotics", robots);
        Document narrowed = page(robots);
        assertEquals(List.of("Robot manipulation 1", "Robot manipulation 2", "Robot manipulation 4"), titles(narrowed));
        assertEquals("Robotics 3", narrowed.select(".filters a[aria-current]").text());
        String both = narrowed.select(".filters a:contains(cs.AI)").attr("href");
        assertEquals("cs.AI 1", narrowed.select(".filters a:contains(cs.AI)").text());
        assertEquals(List.of("Robot manipulation 1"), titles(page(both)));
        assertEquals(List.of("Robot manipulation 1", "Text to speech 3"), titles(page(day + "&category=cs.AI")));
        assertEquals(
                robots,
                page(both).select(".filters a[aria-current]:contains(cs.AI)").attr("href"),
                "taken back");
        assertEquals(day, page(both).select(".dateline > p a").attr("href"));
        assertEquals(List.of("Robot manipulation 1"), titles(page(both + "&period=week")));
        assertEquals(List.of(), titles(page(day + "&topic=robotics&category=math.AG")));
        for (String wrong : List.of("topic=nonsense", "category=" + "x".repeat(101))) {
            assertEquals(400, given().get(day + "&" + wrong).statusCode(), wrong);
        }
    }

    @Test
    void aCardLeadsToWhereItsCountsComeFrom() {
        intake.file(
                "huggingface",
                Stream.of(PaperRecord.titled("Talked about")
                        .id(new PaperId("2603.00001"))
                        .listed(LocalDate.parse("2026-03-02"))
                        .organization("Some Lab")
                        .votes(9)
                        .comments(2)
                        .code("https://github.com/example/code")
                        .stars(7)
                        .build()),
                n -> {});
        take(Stream.of(paper(2, "2026-03-02", 5, 1)));
        Document page = page("/papers?date=2026-03-02");
        assertEquals(
                List.of(
                        "https://huggingface.co/papers/2603.00001",
                        "https://huggingface.co/papers/2603.00001#community",
                        "https://github.com/example/code"),
                page.select(".tally a").eachAttr("href"),
                "and those of an unknown source lead nowhere");
        String org = URLDecoder.decode(page.select("a.org").attr("href"), StandardCharsets.UTF_8);
        assertEquals("/papers?q=org:\"Some Lab\"", org);
        assertEquals(List.of("Talked about"), titles(page(org)));
        assertEquals("Trending: no. 1", page.selectFirst(".rank summary").text());
        assertTrue(
                page.selectFirst(".rank p").text().contains("Votes 0.42"),
                page.select(".rank").text());
    }

    @Test
    void belowADayWithoutPapersStandsTheLastOneThatHasSome() {
        take(Stream.of(paper(1, "2026-02-26", 9, null), paper(2, "2026-02-26", 12, null)));
        Document empty = page("/papers?date=2026-03-01");
        assertEquals("No papers here", empty.selectFirst(".empty h2").text());
        assertEquals("/papers?date=2026-02-26", empty.select("#last a").attr("href"));
        assertEquals(List.of("Paper 2", "Paper 1"), titles(empty));
        assertEquals(0, page("/papers?date=2026-02-26").select("#last").size());
    }

    @Test
    void theCalendarLeadsToTheDaysThatHavePapers() {
        take(Stream.of(paper(1, "2026-02-26", 9, null), paper(2, "2026-03-02", 9, null)));
        Document page = page("/papers?date=2026-03-01");
        assertEquals(
                List.of("/papers?date=2026-03-02"),
                page.select(".calendar td a").eachAttr("href"));
        assertEquals("Monday, 2 March 2026", page.select(".calendar td a").attr("aria-label"));
        assertEquals("/papers?date=2026-02-26", page.select(".calendar p a").attr("href"));
        assertEquals(31, page.select(".calendar td:not(:empty)").size());
    }

    private static int packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.size();
    }

    @Test
    void theFirstViewOfSixtyPapersTravelsInSixtyKilobytes() throws IOException {
        var random = new Random(7);
        List<String> words = IntStream.range(0, 2_000)
                .mapToObj(i -> Integer.toString(random.nextInt(50_000_000), 36))
                .toList();
        take(IntStream.range(0, 60).mapToObj(i -> PaperRecord.titled("Paper with a title of some length " + i)
                .id(PaperId.arxiv("2603.%05d".formatted(i)).orElseThrow())
                .summary(IntStream.range(0, 250)
                        .mapToObj(n -> words.get(random.nextInt(random.nextInt(words.size()) + 1)))
                        .collect(Collectors.joining(" ")))
                .authors(List.of("Ada Lovelace", "Grace Hopper", "Li Wei"))
                .organization("Some Lab")
                .listed(LocalDate.parse("2026-03-02"))
                .votes(1 + i)
                .comments(i)
                .build()));
        byte[] html = given().get("/papers?date=2026-03-02").asByteArray();
        Document page = Jsoup.parse(new String(html, StandardCharsets.UTF_8));
        assertEquals(60, titles(page).size());
        int size = packed(html);
        for (Element file : page.select("link[rel=stylesheet], script[src]")) {
            size += packed(given().get(file.attr(file.tagName().equals("link") ? "href" : "src"))
                    .asByteArray());
        }
        assertEquals(0, page.select("img").size());
        assertTrue(size <= 60_000, size + " bytes");
    }
}
