package org.dailypapers.digest;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Draft;
import org.dailypapers.digest.letter.DigestLetters;
import org.dailypapers.edition.Intake;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.Subscriber;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Letters to readers who ask for the like of a paper. */
@QuarkusTest
class LikedPapersTest {

    private static final LocalDate EDITION = LocalDate.of(2026, 3, 2);
    private static final String LIKED = "Speech tone accent rhythm melody";

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    ComposeRun run;

    @Inject
    DigestLetters letters;

    @Inject
    LearnedCatalogue likeness;

    @Inject
    EditionIndexes indexes;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        file(Stream.of(
                paper("2602.00001", LIKED, "2026-03-01"),
                paper("2603.00001", LIKED + " again", "2026-03-02", 3),
                paper("2603.00002", "Diffusion of heat", "2026-03-02", 80)));
        likeness.prepare();
    }

    private void file(Stream<PaperRecord> papers) {
        intake.file(ScriptedSource.NAME, papers, n -> {});
    }

    private List<String> like(String id) {
        EditionIndex index = indexes.edition(EDITION);
        return IntStream.of(index.find("like:" + id).documents())
                .mapToObj(document -> index.candidates().get(document).paper().publicId)
                .toList();
    }

    @Test
    void aNamedPaperIsFollowedAsItIsNowWhereTheEditionStaysAsItWas() {
        assertEquals(List.of("2603.00001"), like("2602.00001"));
        file(Stream.of(paper("2602.00001", "Diffusion of heat", "2026-03-01")));
        assertEquals(List.of("2603.00002"), like("2602.00001"));
    }

    private byte[] letter() {
        long digest = Long.parseLong(database.rows("select max(id) from digest").strip());
        var message = new OutboundMessage(1, Digest.MESSAGE_KIND, digest, 0, 0, Instant.MAX, 1);
        return QuarkusTransaction.requiringNew()
                .call(() -> letters.drafts(List.of(message)).getFirst().flatMap(Draft::letter))
                .orElseThrow()
                .bytes();
    }

    private static String html(byte[] letter) {
        String all = new String(letter, StandardCharsets.US_ASCII);
        String part = all.substring(all.indexOf("\r\n\r\n", all.indexOf("Content-Type: text/html")));
        try (var decoded = jakarta.mail.internet.MimeUtility.decode(
                new ByteArrayInputStream(part.getBytes(StandardCharsets.US_ASCII)), "quoted-printable")) {
            return new String(decoded.readAllBytes(), StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Marks every paper as changed, so that nothing that is kept of it serves any longer. */
    private void touch() {
        database.update("update paper set revision = nextval('catalogue_revision')");
    }

    @Test
    void readersWhoseLikesCannotBeToldYetWaitAndLoseNothing() {
        Subscriber ada = house.reader("ada").interestedIn("like:2602.00001").confirmed();
        Subscriber bob = house.reader("bob").interestedIn("heat").confirmed();
        String covered = database.rows("select covered from reader where subscriber_id = " + ada.id);
        run.all(new ComposeTask(EDITION, clock.instant(), false), n -> {});
        assertEquals(List.of(), house.digests(ada));
        assertEquals(1, house.digests(bob).size());
        assertEquals(covered, database.rows("select covered from reader where subscriber_id = " + ada.id));
        run.all(new ComposeTask(EDITION, clock.instant(), true), n -> {});
        assertEquals(List.of(List.of("2603.00001")), house.digests(ada));
    }

    @Test
    void aRetryIsTheSameLetterThoughMoreWasLearnedMeanwhile() {
        house.reader("ada").interestedIn("like:2602.00001").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        byte[] first = letter();
        List<List<String>> before = shared();
        file(IntStream.range(0, 60)
                .mapToObj(i -> paper("2603.1%04d".formatted(i), "An accent of number " + i, "2026-03-02")));
        likeness.prepare();
        assertNotEquals(before, shared(), "what both have in common is told otherwise now");
        touch();
        assertArrayEquals(first, letter());
        assertTrue(html(first).contains("Because you liked “" + LIKED + "”: <em>"), html(first));
    }

    private List<List<String>> shared() {
        return likeness.vectors()
                .shared(
                        new TermVectors.Text(LIKED, "About " + LIKED + "."),
                        new TermVectors.Text(LIKED + " again", "About " + LIKED + " again."),
                        4);
    }

    @Test
    void aPaperThatWasHiddenIsNoLongerNamedAsAReason() {
        house.reader("ada").interestedIn("like:2602.00001").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        assertTrue(html(letter()).contains("Because you liked “"));
        database.update("update paper set hidden = true, revision = nextval('catalogue_revision')"
                + " where public_id = '2602.00001'");
        assertFalse(html(letter()).contains("Because you liked “" + LIKED));
    }

    @Test
    void eachLinkOfALetterOfSeveralDaysIsOfThePaperAboveIt() {
        file(IntStream.range(0, 8)
                .mapToObj(i -> paper("2603.2%04d".formatted(i), "A graph no. " + i, "2026-03-02", i)));
        house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        // As if every other paper were of the day before.
        List<Chosen> days = Chosen.read(
                        database.rows("select items from digest").strip())
                .stream()
                .map(c -> new Chosen(
                        c.paper(),
                        c.first() - c.paper() % 2,
                        c.interest(),
                        c.also(),
                        c.score(),
                        c.votes(),
                        c.comments(),
                        c.rank(),
                        c.gained(),
                        c.shared()))
                .toList();
        database.update("update digest set from_date = date '2026-02-27', items = '" + Chosen.write(days) + "'");
        Document letter = Jsoup.parse(html(letter()));
        assertEquals(
                2,
                letter.select("h2.part").eachText().stream()
                        .filter(t -> t.contains("March"))
                        .count(),
                letter.text());
        Set<String> said = new HashSet<>();
        for (Element link : letter.select("a[href*=/voice/]")) {
            String title = link.closest("td").select("h2").text();
            String path = URI.create(link.attr("href")).getPath();
            if (path.matches(".*/[0-9]+")) {
                assertEquals(200, given().get(path).statusCode(), path);
                path += "/more";
            }
            Document page = Jsoup.parse(given().get(path).asString());
            assertTrue(page.select(".message").text().contains(title), path + " " + page.text());
            assertEquals(200, given().post(path).statusCode(), path);
            said.add(title);
        }
        assertEquals(8, said.size());
        assertEquals("8", database.rows("select count(*) from liked").strip());
    }
}
