package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The instance's own name and look, in every page and letter, and nothing but words there. */
@QuarkusTest
@TestProfile(OwnMasthead.class)
class MastheadTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    House house;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @BeforeEach
    void papers() {
        service.at("2026-03-02T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(House.paper("2603.00001", "Speech of machines", "2026-03-01", 12)),
                n -> {});
    }

    private static Document page(String path) {
        return Jsoup.parse(given().get(path).then().extract().asString());
    }

    @Test
    void everyPageHasTheNameTheWordsAndTheColour() {
        for (String path : List.of(
                "/",
                "/topics",
                "/about",
                "/subscribe",
                "/papers/2603.00001",
                "/papers?q=speech",
                "/nowhere",
                "/mailbox")) {
            Document page = page(path);
            assertTrue(page.title().endsWith(OwnMasthead.NAME), path + ": " + page.title());
            assertEquals(OwnMasthead.LOGO, page.select("a.wordmark").text(), path);
            assertEquals(OwnMasthead.FOOTER, page.select("footer p").text(), path);
            assertEquals(
                    OwnMasthead.IMPRINT,
                    page.select("footer a:contains(Imprint)").attr("href"),
                    path);
            assertEquals(
                    0,
                    page.select("title ~ b, script:containsData(alert), footer i")
                            .size(),
                    path);
            assertFalse(page.outerHtml().contains("Daily Papers"), path);
            String style = page.select("link[href^=/style/accent.css]").attr("href");
            assertTrue(
                    given().get(style)
                            .then()
                            .statusCode(200)
                            .extract()
                            .asString()
                            .contains(OwnMasthead.ACCENT),
                    style);
        }
    }

    @Test
    void aboutSaysWhatTheOperatorSaysAndWhereToWrite() {
        Document page = page("/about");
        assertEquals("ours", page.select("article strong").text());
        assertEquals("<i>not marked up</i>", page.select("article div p").get(1).text());
        assertEquals(
                OwnMasthead.CONTACT,
                page.select("#contact ~ p a[href=mailto:" + OwnMasthead.CONTACT + "]")
                        .text());
        assertEquals(
                1,
                page.select("#contact ~ p a[href=" + OwnMasthead.IMPRINT + "]").size());
    }

    @Test
    void everyLetterHasThemAndNoHeaderMore() throws Exception {
        given().formParam("email", "ada@example.org").post("/subscribe").then().statusCode(200);
        house.reader("bo").interestedIn("speech").confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        try (var office = new PostOffice()) {
            List<PostOffice.Received> letters = office.deliver(delivery);
            assertEquals(2, letters.size());
            for (PostOffice.Received letter : letters) {
                InternetAddress answers = (InternetAddress) letter.message().getReplyTo()[0];
                assertEquals("desk@example.org", answers.getAddress());
                assertEquals("Desk, of <Ada>", answers.getPersonal());
                assertEquals(null, letter.header("Bcc"));
                Document html = Jsoup.parse(letter.html());
                assertTrue(html.text().contains(OwnMasthead.LOGO), html.text());
                assertTrue(html.text().contains(OwnMasthead.FOOTER), html.text());
                assertEquals(
                        OwnMasthead.IMPRINT, html.select("a:contains(Imprint)").attr("href"));
                assertEquals(0, html.select("script, b, i").size());
                assertTrue(letter.html().contains(OwnMasthead.ACCENT));
                assertTrue(letter.text().contains("\n" + OwnMasthead.NAME + ", http"), letter.text());
                assertTrue(letter.text().contains("\n" + OwnMasthead.FOOTER), letter.text());
                assertTrue(letter.text().contains("\nImprint: " + OwnMasthead.IMPRINT), letter.text());
                assertFalse(letter.source().contains("Daily Papers, "), letter.source());
                for (boolean dark : List.of(false, true)) {
                    var contrast = new Contrast(html, dark);
                    html.select("a").forEach(link -> assertTrue(contrast.ofText(link) >= 4.5, link.outerHtml()));
                }
            }
            PostOffice.Received asked = letters.stream()
                    .filter(letter -> letter.subject().startsWith("Confirm"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("Confirm your " + OwnMasthead.NAME, asked.subject());
            PostOffice.Received digest = letters.stream()
                    .filter(letter -> letter != asked)
                    .findFirst()
                    .orElseThrow();
            String list = digest.header("List-Id");
            assertTrue(list.endsWith(" <daily-papers.localhost.localdomain>"), list);
            assertEquals(OwnMasthead.NAME, MimeUtility.decodeText(list.substring(0, list.lastIndexOf(" <"))));
        }
    }
}
