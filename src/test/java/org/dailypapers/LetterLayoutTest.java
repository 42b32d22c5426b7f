package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How letters are built: both parts say the same, a screen reader finds its way, and what is marked is seen. */
@QuarkusTest
class LetterLayoutTest {

    private static final double TEXT = 4.5;
    private static final double GRAPHICS = 3;
    private static final LocalDate EDITION = LocalDate.parse("2026-03-01");

    @Inject
    FreshService service;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    private List<PostOffice.Received> letters;

    @BeforeEach
    void aLetterOfEachKind() {
        service.at("2026-03-02T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        House.paper("2603.00001", "Speech of machines", "2026-03-01", 3),
                        House.paper("2603.00002", "Another paper", "2026-03-01", 80),
                        PaperRecord.titled("A third paper")
                                .id(PaperId.arxiv("2603.00003").orElseThrow())
                                .summary("About machines.")
                                .authors(List.of("Ada Lovelace"))
                                .listed(EDITION)
                                .votes(9)
                                .build()),
                n -> {});
        house.reader("ada")
                .interestedIn("speech")
                .interestedIn("author:\"Ada Lovelace\"")
                .filled()
                .confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        for (String[] post : new String[][] {
            {"/subscribe", "new@example.org"}, {"/subscribe", "ada@example.org"}, {"/link", "ada@example.org"}
        }) {
            given().formParam("email", post[1])
                    .formParam("keywords", "graphs")
                    .post(post[0])
                    .then()
                    .statusCode(200);
        }
        try (var office = new PostOffice()) {
            letters = office.deliver(delivery);
        }
        assertEquals(4, letters.size());
    }

    private PostOffice.Received digest() {
        return letters.stream()
                .filter(letter -> letter.header("List-Id") != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachHasOneHeadingOneMainAndTablesForLayoutAlone() {
        for (PostOffice.Received letter : letters) {
            Document html = Jsoup.parse(letter.html());
            assertEquals(1, html.select("h1").size(), letter.html());
            assertEquals(1, html.select("main, [role=main]").size(), letter.html());
            assertEquals(0, html.select("table:not([role=presentation])").size(), letter.html());
            assertEquals("en", html.selectFirst("html").attr("lang"));
            assertFalse(html.title().isBlank());
            Element main = html.selectFirst("[role=main]");
            for (Element element : html.body().getAllElements()) {
                assertTrue(
                        element.ownText().isBlank()
                                || main == element
                                || element.closest("[role=main]") != null
                                || element.attr("style").startsWith("display:none"),
                        "outside of every landmark: " + element.outerHtml());
            }
        }
    }

    @Test
    void bothPartsHoldTheSameLinksAsOften() {
        for (PostOffice.Received letter : letters) {
            List<String> inHtml = Jsoup.parse(letter.html()).select("a[href]").eachAttr("href").stream()
                    .sorted()
                    .toList();
            List<String> inText = Pattern.compile("https?://\\S+")
                    .matcher(letter.text())
                    .results()
                    .map(MatchResult::group)
                    .sorted()
                    .toList();
            assertEquals(inText, inHtml, letter.text());
        }
    }

    @Test
    void bothPartsOfADigestSayWhyItIsSent() {
        String why = "You are sent this because you confirmed a subscription.";
        assertTrue(Jsoup.parse(digest().html()).text().contains(why));
        assertTrue(digest().text().contains(why), digest().text());
    }

    @Test
    void textStandsApartInLightAndDark() {
        var faint = new ArrayList<String>();
        for (PostOffice.Received letter : letters) {
            Document html = Jsoup.parse(letter.html());
            for (boolean dark : new boolean[] {false, true}) {
                var contrast = new Contrast(html, dark);
                html.body().select(":not([style^=display:none])").stream()
                        .filter(element -> !element.ownText().isBlank())
                        .filter(element -> contrast.ofText(element) < TEXT)
                        .forEach(element -> faint.add(
                                (dark ? "dark " : "light ") + contrast.ofText(element) + " " + element.outerHtml()));
            }
        }
        assertEquals(List.of(), faint);
    }

    @Test
    void theWordsThatMetAnInterestAreMarkedByALineThatIsSeen() {
        Document html = Jsoup.parse(digest().html());
        Element mark = html.selectFirst("mark");
        assertNotNull(mark, html.outerHtml());
        for (boolean dark : new boolean[] {false, true}) {
            double contrast = new Contrast(html, dark).ofUnderline(mark);
            assertTrue(contrast >= GRAPHICS, (dark ? "dark " : "light ") + contrast);
        }
    }

    @Test
    void aButtonKeepsItsShapeWhereALinkTakesNoPadding() {
        int buttons = 0;
        for (PostOffice.Received letter : letters) {
            for (Element button : Jsoup.parse(letter.html()).select(".button")) {
                assertEquals("td", button.tagName());
                assertTrue(button.attr("style").contains("padding:"), button.outerHtml());
                assertTrue(button.hasAttr("bgcolor"));
                assertFalse(button.selectFirst("a").attr("style").contains("padding"), button.outerHtml());
                buttons++;
            }
        }
        assertEquals(3, buttons);
    }
}
