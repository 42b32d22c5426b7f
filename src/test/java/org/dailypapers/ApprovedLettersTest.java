package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.AddressChange;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of letter, word for word. */
@QuarkusTest
class ApprovedLettersTest {

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    ScriptedSource source;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    Schedule schedule;

    @Inject
    DigestComposer composer;

    @Inject
    DoubleOptIn optIn;

    @Inject
    AddressChange addresses;

    @Inject
    Database database;

    @Inject
    Delivery delivery;

    @BeforeEach
    void papersOfTwoDays() {
        service.at("2026-03-02T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(
                        PaperRecord.titled("Speech of machines: a study of <think> & R&D")
                                .id(PaperId.arxiv("2603.00001").orElseThrow())
                                .summary("Machines speak. We ask how graphs of speech grow, and what of it is heard.")
                                .authors(List.of("Ada Lovelace", "Jürgen Groß", "Li Wei", "Grace Hopper"))
                                .listed(LocalDate.parse("2026-03-01"))
                                .published(java.time.Instant.parse("2026-02-27T00:00:00Z"))
                                .votes(12)
                                .comments(3)
                                .build(),
                        House.paper("2603.00002", "Another paper that many like", "2026-03-01", 80),
                        House.paper("2602.00003", "An older graph", "2026-02-28", 2)),
                n -> {});
    }

    private PostOffice.Received only() {
        try (var office = new PostOffice()) {
            List<PostOffice.Received> letters = office.deliver(delivery);
            assertEquals(1, letters.size());
            return letters.getFirst();
        }
    }

    private static void post(String path, String address) {
        given().formParam("email", address)
                .formParam("keywords", "graphs")
                .post(path)
                .then()
                .statusCode(200);
    }

    @Test
    void confirmation() {
        post("/subscribe", "ada@example.org");
        Approved.letter("confirmation", only());
    }

    @Test
    void welcome() {
        optIn.request(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                house.reader("ada").interestedIn("speech").preferences());
        try (var office = new PostOffice()) {
            office.deliver(delivery);
            optIn.confirm(
                    Long.parseLong(database.rows("select max(id) from request").strip()));
            Approved.letter("welcome", office.deliver(delivery).getLast());
        }
    }

    @Test
    void digest() {
        house.reader("ada")
                .interestedIn("speech")
                .interestedIn("author:\"Ada Lovelace\"")
                .confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        Approved.letter("digest", only());
    }

    /** The welcome, for it says most, and with trending papers; in the languages beside English. */
    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "es", "zh", "ja"})
    void digestIn(String language) {
        optIn.request(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                house.reader("ada")
                        .interestedIn("speech")
                        .interestedIn("author:\"Ada Lovelace\"")
                        .filled()
                        .speaking(language)
                        .preferences());
        try (var office = new PostOffice()) {
            Approved.letter("confirmation-" + language, office.deliver(delivery).getLast());
            optIn.confirm(
                    Long.parseLong(database.rows("select max(id) from request").strip()));
            Approved.letter("welcome-" + language, office.deliver(delivery).getLast());
        }
    }

    @Test
    void digestWithTrendingPapers() {
        house.reader("ada").interestedIn("speech").filled().confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        Approved.letter("digest-trending", only());
    }

    @Test
    void digestOfSeveralDays() {
        house.reader("ada")
                .interestedIn("graph")
                .pausedUntil("2026-03-05")
                .at(8)
                .confirmed();
        schedule.tick();
        source.list(House.paper("2603.00004", "A graph of Tuesday", "2026-03-03", 7));
        source.list(House.paper("2603.00005", "A graph of Wednesday", "2026-03-04"));
        for (int hour = 0; hour < 72; hour++) {
            clock.move(java.time.Duration.ofHours(1));
            schedule.tick();
        }
        Approved.letter("digest-catch-up", only());
    }

    @Test
    void newPreferences() {
        house.reader("ada").interestedIn("graph").confirmed();
        post("/subscribe", "ada@example.org");
        Approved.letter("change", only());
    }

    @Test
    void link() {
        house.reader("ada").interestedIn("graph").confirmed();
        post("/link", "ada@example.org");
        Approved.letter("link", only());
    }

    @Test
    void anotherAddress() {
        long reader = house.reader("ada").interestedIn("graph").confirmed().id;
        addresses.ask(reader, EmailAddress.parse("ada@example.net").orElseThrow(), "by the reader (private link)");
        try (var office = new PostOffice()) {
            office.deliver(delivery)
                    .forEach(letter -> Approved.letter(
                            letter.header("To").equals("ada@example.net") ? "address" : "address-notice", letter));
        }
    }
}
