package org.dailypapers.digest.letter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.dailypapers.Database;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Draft;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.letter.DkimKeys;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.Masthead;
import org.dailypapers.letter.address.Sender;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.paper.PaperId;
import org.dailypapers.smtp.Letter;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.Links;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The letters as they are handed to delivery. */
@QuarkusTest
class DigestLettersTest {

    private static final LocalDate EDITION = LocalDate.parse("2026-03-01");

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    ScriptedSource source;

    @Inject
    DigestComposer composer;

    @Inject
    EntityManager entities;

    @Inject
    DataSource tables;

    @Inject
    DigestContent content;

    @Inject
    Links links;

    @Inject
    Sender sender;

    @Inject
    Masthead masthead;

    @Inject
    LetterWriter writer;

    @BeforeEach
    void anEmptyHouse() {
        database.empty();
        clock.moveTo("2026-03-02T12:00:00Z");
    }

    private Optional<Letter> letter(boolean real) {
        return letter(real, writer);
    }

    private Optional<Letter> letter(boolean real, LetterWriter writer) {
        return letter(real, writer, s -> Optional.empty());
    }

    @Test
    void aLetterSaysToWhichAddressAMailUnsubscribesWhereThatIsRead() {
        intake.file("jsonl", Stream.of(longPaper(1)), n -> {});
        house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        String read = text(letter(true, writer, s -> Optional.of("leaving" + s + "@bounces.example.org")));
        assertTrue(
                read.contains(", <mailto:leaving"
                        + database.rows("select id from subscriber").strip()
                        + "@bounces.example.org?subject=unsubscribe>"),
                read);
        assertFalse(text(letter(true, writer)).contains("mailto:"), "nobody reads it");
    }

    private static String text(Optional<Letter> letter) {
        return new String(letter.orElseThrow().bytes(), StandardCharsets.UTF_8).replaceAll("\r\n[ \t]", " ");
    }

    private Optional<Letter> letter(boolean real, LetterWriter writer, LongFunction<Optional<String>> leaving) {
        var letters = new DigestLetters(
                new Sql(tables),
                content,
                sender,
                masthead,
                writer,
                new DigestLetters.Announcement(true, real, leaving),
                clock);
        long digest = Long.parseLong(database.rows("select id from digest order by id desc")
                .lines()
                .findFirst()
                .orElseThrow());
        var message = new OutboundMessage(1, Digest.MESSAGE_KIND, digest, 0, 0, Instant.MAX, 1);
        return QuarkusTransaction.requiringNew()
                .call(() -> letters.drafts(List.of(message)).getFirst().flatMap(Draft::letter));
    }

    @Test
    void aLetterOfADayOnWhichASourceAnnouncedNothingSaysSo() {
        intake.file("jsonl", Stream.of(House.paper("2603.00001", "A graph", "2026-03-01", 3)), n -> {});
        house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        String said = "arXiv announced nothing.";
        assertFalse(new String(letter(true).orElseThrow().bytes(), StandardCharsets.UTF_8).contains(said));
        source.beQuietOn("2026-03-01", "arXiv");
        try {
            assertTrue(new String(letter(true).orElseThrow().bytes(), StandardCharsets.UTF_8)
                    .replace("=\r\n", "")
                    .replace("\r\n", " ")
                    .contains(said));
        } finally {
            source.reset();
        }
    }

    @Test
    void thePapersOfTheSampleNeverLeaveThisMachine() {
        intake.sample();
        house.reader("ada").filled().confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        assertTrue(letter(false).isPresent(), "the catcher shows them");
        assertTrue(letter(true).isEmpty(), "a relay never gets them");
    }

    @Test
    void aLetterOfManyLongPapersIsTrimmedAndLinksToTheRest() {
        intake.file("jsonl", IntStream.range(0, 60).mapToObj(DigestLettersTest::longPaper), n -> {});
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createQuery("update Subscriber s set s.size = 50 where s.id = :id")
                        .setParameter("id", ada.id)
                        .executeUpdate());
        composer.composeByHand(EDITION, null, n -> {});
        byte[] bytes = letter(true).orElseThrow().bytes();
        String text = new String(bytes, StandardCharsets.UTF_8);
        int html = bytes.length - text.indexOf("Content-Type: text/html");
        assertTrue(html < 90_000 + 500, () -> html + " bytes of HTML");
        assertTrue(text.contains(" more, in a browser"));
        Matcher more = Pattern.compile("([0-9]+) more, in a browser").matcher(text);
        assertTrue(more.find());
        int shown = 50 - Integer.parseInt(more.group(1));
        assertTrue(shown >= 24, () -> shown + " papers in the mail");
        assertEquals(50, house.sent(ada).size(), "the page has them all");
        assertArrayEquals(bytes, letter(true).orElseThrow().bytes(), "the same bytes again");
    }

    @Test
    void noSubjectEndsInAQuestionMark() {
        var question = PaperRecord.titled("Do Graphs Really “Think?”")
                .id(PaperId.arxiv("2603.10001").orElseThrow())
                .listed(EDITION)
                .votes(30)
                .build();
        intake.file("jsonl", Stream.of(question), n -> {});
        house.reader("ada").interestedIn("graph").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        assertEquals("Do Graphs Really “Think?” - Daily Papers", subject());
        intake.file("jsonl", Stream.of(longPaper(1), longPaper(2)), n -> {});
        house.reader("ben").interestedIn("title:think^5").interestedIn("graph").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        assertEquals("Do Graphs Really “Think?” and 2 more", subject());
    }

    @Test
    void trendingPapersBeginUnderTheirHeading() {
        intake.file("jsonl", IntStream.range(0, 5).mapToObj(DigestLettersTest::longPaper), n -> {});
        house.reader("ada").filled().confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        List<DigestItem> shown = content.view(newestDigest(), 0, true).items();
        assertEquals(new DigestView.Heading(null, true), shown.getFirst().heading());
        assertTrue(shown.stream().skip(1).allMatch(item -> item.heading() == null), "and nowhere else");
    }

    private String subject() {
        return content.view(newestDigest(), 0, true).title();
    }

    private Digest newestDigest() {
        return QuarkusTransaction.requiringNew()
                .call(() -> entities.createQuery("from Digest d order by d.id desc", Digest.class)
                        .setMaxResults(1)
                        .getSingleResult());
    }

    @Test
    void aSignatureCoversTheOneClickFieldsOfADigest() {
        intake.sample();
        house.reader("ada").filled().confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        byte[] signed = letter(false, DkimKeys.writer()).orElseThrow().bytes();
        DkimKeys.assertVerifies(signed, "from", "to", "subject", "list-unsubscribe", "list-unsubscribe-post");
        clock.moveTo("2026-03-02T15:00:00Z");
        assertArrayEquals(signed, letter(false, DkimKeys.writer()).orElseThrow().bytes(), "the same bytes later");
    }

    private static PaperRecord longPaper(int i) {
        return PaperRecord.titled("A graph № " + i + " " + "ß".repeat(250))
                .id(PaperId.arxiv("2603.%05d".formatted(i)).orElseThrow())
                .summary("Über alles, was Graphen können. ".repeat(40))
                .listed(EDITION)
                .votes(i)
                .build();
    }
}
