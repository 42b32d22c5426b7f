package org.dailypapers.site.card;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others show a link with. */
@QuarkusTest
class CardPagesTest {

    private static final String DAY = "2026-03-02";

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    Database database;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    private void take(String id, String title) {
        intake.file(ScriptedSource.NAME, Stream.of(House.paper(id, title, DAY, 9)), n -> {});
    }

    private static BufferedImage card(String page) throws IOException {
        String address = Jsoup.parse(given().get(page).asString())
                .selectFirst("meta[property=og:image]")
                .attr("content");
        assertTrue(address.startsWith("http://localhost:8080/cards/"), address);
        Response card = given().get(URI.create(address).getPath());
        assertEquals(200, card.statusCode());
        assertEquals("image/png", card.contentType());
        assertTrue(card.header("Cache-Control").startsWith("public, max-age="), card.header("Cache-Control"));
        return ImageIO.read(new ByteArrayInputStream(card.asByteArray()));
    }

    /** How many dots of ink there are in a part of the picture, from the top. */
    private static long ink(BufferedImage card, int from, int to) {
        return Arrays.stream(card.getRGB(0, from, card.getWidth(), to - from, null, 0, card.getWidth()))
                .filter(rgb -> (rgb >> 8 & 0xFF) < 0x60)
                .count();
    }

    @Test
    void aPaperAndAnEditionHaveOneWithTheirTitles() throws IOException {
        take("2603.00001", "A graph of everything, and what follows from it for those who have none of their own");
        for (String page : List.of("/papers/2603.00001", "/papers?date=" + DAY)) {
            BufferedImage card = card(page);
            assertEquals("1200 × 630", card.getWidth() + " × " + card.getHeight());
            assertTrue(ink(card, 150, 450) > 3_000, "the title is written");
        }
    }

    @Test
    void anotherTitleIsAnotherCard() throws IOException {
        take("2603.00001", "A graph");
        byte[] first = given().get("/cards/papers/2603.00001.png").asByteArray();
        assertArrayEquals(first, given().get("/cards/papers/2603.00001.png").asByteArray());
        database.update("update paper set title = 'A tree', revision = revision + 1");
        assertFalse(
                Arrays.equals(first, given().get("/cards/papers/2603.00001.png").asByteArray()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "关于图的论文",
                "x",
                "Supercalifragilisticexpialidocioussupercalifragilisticexpialidocioussupercalifragilisticexpialidocious",
                "\uD835\uDD38 set"
            })
    void everyTitleHasACard(String title) throws IOException {
        take("2603.00001", title.repeat(title.length() < 30 ? 1 : 4));
        BufferedImage card = card("/papers/2603.00001");
        assertEquals(1200, card.getWidth());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"α-β Pruning für Größen: Что дальше, and why?", "Learning with ∇ alone: \uD83D\uDE80 a study"})
    void aSignThatTheTypefaceHasNotIsLeftOut(String title) throws IOException {
        take("2603.00001", title);
        assertTrue(ink(card("/papers/2603.00001"), 150, 450) > 2_000, "the title is written");
    }

    @Test
    void whoHasACardIsSentNothing() {
        take("2603.00001", "A graph");
        for (String address : List.of("/cards/papers/2603.00001.png", "/cards/editions/" + DAY + ".png")) {
            String tag = given().get(address).header("ETag");
            assertEquals(304, given().header("If-None-Match", tag).get(address).statusCode());
        }
        assertEquals(
                "public, max-age=600",
                given().get("/cards/editions/" + DAY + ".png").header("Cache-Control"));
    }

    @Test
    void ofManyWhoAskAtOnceFewWaitAndTheOthersAreToldWhenToComeAgain() throws Exception {
        for (int i = 0; i < 40; i++) {
            take("2603.%05d".formatted(i), "A graph, number " + i);
        }
        var statuses = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newFixedThreadPool(40)) {
            for (int i = 0; i < 40; i++) {
                String address = "/cards/papers/2603.%05d.png".formatted(i);
                threads.submit(() -> {
                    Response answer = given().get(address);
                    statuses.add(answer.statusCode());
                    if (answer.statusCode() == 503) {
                        statuses.add(answer.header("Retry-After") == null ? 0 : 503);
                    }
                });
            }
        }
        assertTrue(statuses.contains(200), statuses.toString());
        assertFalse(statuses.contains(0), statuses.toString());
        assertTrue(statuses.stream().allMatch(status -> status == 200 || status == 503), statuses.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/cards/papers/2603.09999.png",
                "/cards/editions/2026-02-30.png",
                "/cards/editions/2026-01-01.png",
                "/cards/editions/x.png"
            })
    void whatIsNotThereHasNone(String address) {
        assertEquals(404, given().get(address).statusCode());
    }

    @Test
    void aHiddenPaperHasNone() {
        take("2603.00001", "A graph");
        database.update("update paper set hidden = true");
        assertEquals(404, given().get("/cards/papers/2603.00001.png").statusCode());
    }
}
