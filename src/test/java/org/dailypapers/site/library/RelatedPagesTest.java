package org.dailypapers.site.library;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RelatedPagesTest {

    private static final List<String> FIELDS = List.of(
            "Masks segment an image",
            "Proteins fold in a cell",
            "Galaxies glow in dust",
            "Robots grasp a cup",
            "Markets price an option");

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    LearnedCatalogue likeness;

    private static PaperRecord listed(int number, String title) {
        return paper("2603.%05d".formatted(number), title, "2026-03-02");
    }

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                IntStream.range(0, 400).mapToObj(i -> listed(i + 1, FIELDS.get(i % FIELDS.size()) + ", part " + i)),
                n -> {});
        likeness.prepare();
    }

    private static Document find(String text) {
        return Jsoup.parse(given().formParam("text", text).post("/related").asString());
    }

    @Test
    void aPastedTextFindsWhatResemblesIt() {
        Document page = find("An image is segmented by masks.");
        assertTrue(page.select("ol li").size() > 5, page.text());
        page.select("ol li").forEach(li -> assertTrue(li.text().startsWith("Masks"), li.text()));
        assertEquals(
                "</textarea><b>x", find("</textarea><b>x").select("textarea").text());
        assertNull(find("kitchen").selectFirst("ol"));
    }

    @Test
    void aPapersPageNamesRelatedOnesAndNotItself() {
        Document page = Jsoup.parse(given().get("/papers/2603.00001").asString());
        var related = page.select("section[aria-labelledby=related-title] li").eachText();
        assertTrue(!related.isEmpty() && !related.contains("Masks segment an image, part 0"), related.toString());
    }

    @Test
    void aSearchFindsWhatResemblesAPaper() {
        service.awaitSearch();
        Document page = Jsoup.parse(
                given().queryParam("q", "like:2603.00001").get("/papers").asString());
        var titles = page.select("article h2, li h2, .card h2, h3").eachText();
        assertTrue(titles.size() > 5 && titles.stream().allMatch(t -> t.startsWith("Masks")), titles + page.text());
        assertTrue(Jsoup.parse(given().queryParam("q", "less:2603.00001")
                        .get("/papers")
                        .asString())
                .text()
                .contains("less: lowers papers in letters"));
    }
}
