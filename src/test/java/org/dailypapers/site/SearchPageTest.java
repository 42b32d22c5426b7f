package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a search: its order, what narrows it, and what is marked. */
@QuarkusTest
class SearchPageTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        of("2603.00001", "Speech of speech", "2026-03-01", "cs.CL", "cs.SD"),
                        of("2603.00002", "Speech of machines & <b>much</b> else", "2026-03-02", "cs.CL"),
                        of("2505.00003", "Speech a year ago", "2025-05-01", "cs.SD"),
                        paper("2603.00009", "Strings", "2026-03-02", 3)),
                n -> {});
        intake.file("elsewhere", Stream.of(of("2603.00004", "Speech elsewhere", "2026-02-27", "cs.LG")), n -> {});
        service.awaitSearch();
    }

    private static PaperRecord of(String id, String title, String day, String... categories) {
        return PaperRecord.titled(title)
                .id(PaperId.arxiv(id).orElseThrow())
                .summary("It begins. Much is said of speeches, of <i>speech</i> & more.")
                .categories(List.of(categories))
                .listed(LocalDate.parse(day))
                .published(Instant.parse(day + "T00:00:00Z"))
                .build();
    }

    private static Document page(String address) {
        Response answer = given().urlEncodingEnabled(false).get(address);
        assertEquals(200, answer.statusCode(), address);
        return Jsoup.parse(answer.asString());
    }

    private static List<String> titles(Document page) {
        return page.select(".papers h3").eachText();
    }

    private static List<String> facet(Document page, String name) {
        return page.select(".facets h2:containsOwn(" + name + ") + p a").eachText();
    }

    @Test
    void aSearchIsCountedBySourceCategoryAndYear() {
        Document page = page("/papers?q=speech");
        assertEquals("4 papers", page.selectFirst("#found").text());
        assertEquals(List.of("2026 3", "2025 1"), facet(page, "Year"));
        assertEquals(List.of("cs.CL 2", "cs.SD 2", "cs.LG 1"), facet(page, "Category"));
        assertEquals(List.of("scripted 3", "elsewhere 1"), facet(page, "Source"));
    }

    @Test
    void whatNarrowsToNothingIsTakenBackToo() {
        Document page = page("/papers?q=speech&category=math.AG");
        assertEquals(List.of(), titles(page));
        Element chosen = page.selectFirst("details.facets[open] a[aria-current]");
        assertEquals("math.AG 0", chosen.text());
        assertEquals("/papers?q=speech", chosen.attr("href"));
    }

    @Test
    void eachLinkNarrowsAndIsTakenBack() {
        Document all = page("/papers?q=speech");
        for (Element link : all.select(".facets a")) {
            Document narrowed = page(link.attr("href"));
            assertEquals(
                    Integer.parseInt(link.selectFirst("small").text()),
                    titles(narrowed).size(),
                    link.attr("href"));
            assertEquals(
                    "/papers?q=speech",
                    narrowed.selectFirst(".facets a[aria-current]").attr("href"));
        }
        assertEquals(
                List.of("Speech of speech"), titles(page("/papers?q=speech&category=cs.SD&year=2026&source=scripted")));
        assertEquals(
                "/feed.atom?q=speech&category=cs.SD",
                page("/papers?q=speech&category=cs.SD")
                        .selectFirst("link[type*=atom]")
                        .attr("href"));
        assertEquals(List.of(), titles(page("/papers?q=speech&year=1999")));
    }

    @Test
    void theNewestComeFirstWhereAsked() {
        Document best = page("/papers?q=speech");
        assertEquals("Speech of speech", titles(best).getFirst());
        Document newest = page(best.select(".orders a:containsOwn(Newest)").attr("href"));
        assertEquals(
                List.of(
                        "Speech of machines & <b>much</b> else",
                        "Speech of speech",
                        "Speech elsewhere",
                        "Speech a year ago"),
                titles(newest));
        assertEquals("Newest first", newest.select(".orders a[aria-current]").text());
    }

    @Test
    void whatMetTheSearchIsMarkedAndIsText() {
        Document page = page("/papers?q=speech&order=newest");
        Element first = page.selectFirst(".paper");
        assertEquals(List.of("Speech"), first.select("h3 mark").eachText());
        assertTrue(first.select(".teaser mark").eachText().contains("speeches"), first.html());
        assertEquals(
                "Speech of machines & <b>much</b> else", first.selectFirst("h3").text());
        assertEquals(0, first.select("b, i").size());
        assertEquals(List.of(), page("/papers?date=2026-03-02").select("mark"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"order=random", "year=26", "year=x", "year=0000", "page=2", "category=%22%22"})
    void whatCannotBeIsToldOrFindsNothing(String also) {
        int status = given().urlEncodingEnabled(false)
                .get("/papers?q=speech&" + also)
                .statusCode();
        assertTrue(status == 400 || status == 404 || also.startsWith("category") && status == 200, also + " " + status);
    }
}
