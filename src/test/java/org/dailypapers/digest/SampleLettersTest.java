package org.dailypapers.digest;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.matching.Profile;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.Sql;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bundled papers on an instance with a relay: shown on pages, mailed to nobody, and nothing is spent on them. */
@QuarkusTest
class SampleLettersTest {

    private static final Profile ANYTHING = new Profile(List.of(), 10, true, 0);

    @Inject
    LearnedCatalogue likeness;

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    Schedule schedule;

    @Inject
    ScriptedSource source;

    @Inject
    EntityManager entities;

    @Inject
    Sql sql;

    @Inject
    Editions editions;

    @Inject
    EditionIndexes indexes;

    @Inject
    EditionCalendar calendar;

    @Inject
    Papers papers;

    @Inject
    Outbox outbox;

    @Inject
    ComposeRun run;

    @Inject
    DigestQueue queue;

    @Inject
    Subscriptions subscriptions;

    private FirstLetter firstLetter;
    private DigestComposer composer;
    private ReaderEvents events;

    @BeforeEach
    void theSampleAndARelay() {
        service.at("2026-03-02T10:00:00Z");
        intake.sample();
        firstLetter = new FirstLetter(editions, indexes, calendar, papers, true);
        composer = new DigestComposer(run, sql, editions, firstLetter, likeness, clock);
        events = new ReaderEvents(entities, sql, editions, firstLetter, outbox, queue, subscriptions, clock);
    }

    private void welcome(Subscriber reader) {
        QuarkusTransaction.requiringNew().run(() -> events.confirmed(new Confirmed(reader, true)));
    }

    private LocalDate newest() {
        return QuarkusTransaction.requiringNew()
                .call(() -> editions.newestClosed())
                .orElseThrow();
    }

    @Test
    void nothingIsMadeOfTheSampleAndNothingSpentUntilPapersCome() {
        Subscriber ada = house.reader("ada").filled().interestedIn("real").confirmed();
        assertTrue(new FirstLetter(editions, indexes, calendar, papers, false)
                .of(ANYTHING)
                .isPresent());
        assertFalse(firstLetter.mailable());
        assertTrue(firstLetter.of(ANYTHING).isEmpty(), "nobody is shown what is not sent");
        welcome(ada);
        String standing = "select covered, last_date, last_digest, seen from reader";
        String before = database.rows(standing);
        assertTrue(before.contains("| null | null |"), before);
        assertEquals(new ComposeRun.Composed(0, 0), composer.composeByHand(newest(), null, n -> {}));
        clock.move(Duration.ofDays(2));
        assertEquals(new ComposeRun.Composed(0, 0), composer.composeDue());
        assertEquals(before, database.rows(standing));
        assertEquals("", database.rows("select * from message"));

        LocalDate today = LocalDate.parse("2026-03-04");
        source.list(paper("2603.00001", "A real paper", today.toString()));
        intake.live(source, Instant.MAX);
        assertTrue(firstLetter.mailable());
        clock.moveTo("2026-03-05T09:00:00Z");
        schedule.tick();
        assertEquals(List.of("2603.00001"), house.sent(ada));
    }
}
