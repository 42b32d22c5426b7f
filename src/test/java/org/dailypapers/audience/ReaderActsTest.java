package org.dailypapers.audience;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.RefusingTransport;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator sees of one reader, and does for them. */
@QuarkusTest
class ReaderActsTest {

    private static final EmailAddress ADA =
            EmailAddress.parse("Ada@example.org").orElseThrow();

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    Audience audience;

    @Inject
    ReaderActs acts;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SuppressionList suppressions;

    private final AcceptingTransport relay = new AcceptingTransport();

    @BeforeEach
    void begin() {
        service.at("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
    }

    private void liveUntil(String instant) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
    }

    /** The status, and all that was said. */
    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, Path.of("."), false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void aReaderIsShownWithLettersTheirReasonsTriesAndWhatWasSaid() {
        house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T08:00:00Z");
        var refusing = new RefusingTransport();
        refusing.refuse("ada@example.org", "554 5.6.0 no good, ada@example.org");
        delivery.drain(refusing);
        Dossier ada = audience.of(ADA);
        Dossier.SentLetter letter = ada.letters().getFirst();
        assertEquals(MessageState.REJECTED, letter.state().orElseThrow());
        assertEquals("2603.00001", letter.papers().getFirst().publicId());
        assertEquals("graph", letter.papers().getFirst().interests().getFirst());
        assertEquals(1, letter.attempts().size());
        String said = run("reader", "ADA@example.org");
        for (String line : new String[] {
            "0 reader: ada@example.org",
            "state: confirmed",
            "interest: graph",
            "confirmed: imported by the operator",
            "digest of 2026-03-02 (scheduled): rejected",
            "\ttried 2026-03-03T08:00:00Z rejected: 554 5.6.0 no good, <address>",
            "\t2603.00001 A graph of everything – graph"
        }) {
            assertTrue(said.contains(line), line + " in\n" + said);
        }
    }

    @Test
    void aLetterThatNeverCameIsSentAgainAsTheSameLetter() {
        house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T08:00:00Z");
        delivery.drain(relay);
        assertEquals(1, relay.accepted.size());
        assertEquals("0 Their newest digest is queued; it leaves next.", run("reader", "ada@example.org", "resend"));
        assertEquals("1 Their newest digest is queued already.", run("reader", "ada@example.org", "resend"));
        delivery.drain(relay);
        assertArrayEquals(
                relay.accepted.getFirst().bytes(), relay.accepted.getLast().bytes());
        assertEquals(2, relay.accepted.size());
        assertEquals(2, audience.of(ADA).letters().getFirst().attempts().size());
        liveUntil("2026-03-04T12:00:00Z");
        delivery.drain(relay);
        assertEquals(2, relay.accepted.size(), "what was sent again comes no third time");
    }

    @Test
    void aRefusedLetterIsSentAgain() {
        house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-03T08:00:00Z");
        var refusing = new RefusingTransport();
        refusing.refuse("ada@example.org", "554 5.6.0 no good");
        delivery.drain(refusing);
        assertTrue(acts.resend(ADA).done());
        assertEquals(
                "0\n", database.rows("select priority from message where state = 'QUEUED'"), "before those of a run");
        delivery.drain(relay);
        assertEquals(1, relay.accepted.size());
    }

    @Test
    void aConfirmationIsSentAgainWithinTheLimitsOfTheMailbox() {
        optIn.request(ADA, Preferences.standard(ZoneId.of("UTC")));
        delivery.drain(relay);
        assertFalse(acts.resend(ADA).done(), "fifteen minutes apart");
        for (int i = 0; i < 4; i++) {
            clock.move(Duration.ofMinutes(16));
            acts.resend(ADA);
            delivery.drain(relay);
        }
        assertEquals(3, relay.accepted.size(), "three a day");
    }

    @Test
    void whoLeftIsNotWrittenToWhateverTheOperatorDoes() {
        house.reader("ada").interestedIn("graph").confirmed();
        assertEquals(
                "0 No more letters go to them. They come back by their own act alone.",
                run("reader", "ada@example.org", "unsubscribe"));
        assertEquals(Consent.WITHDRAWN, audience.of(ADA).subscriber().orElseThrow().consent);
        for (String act : new String[] {"unsubscribe", "resume", "resend"}) {
            assertTrue(run("reader", "ada@example.org", act).startsWith("1 "), act);
        }
        liveUntil("2026-03-03T12:00:00Z");
        delivery.drain(relay);
        assertEquals(0, relay.accepted.size());
        assertTrue(audience.of(ADA).consents().getLast().wording.contains("by the operator (at the command line)"));
    }

    @Test
    void lettersRestAndGoOn() {
        house.reader("ada").interestedIn("graph").confirmed();
        assertTrue(run("reader", "ada@example.org", "pause").startsWith("2 "));
        assertEquals(
                "1 A pause ends on a day from tomorrow on, within a year; today is 2026-03-02 there.",
                run("reader", "ada@example.org", "pause", "--until=2026-03-02"));
        assertEquals(
                "0 Letters rest until 2026-03-09.", run("reader", "ada@example.org", "pause", "--until=2026-03-09"));
        assertTrue(run("reader", "ada@example.org", "resend").startsWith("1 Their letters rest until 2026-03-09"));
        assertEquals("0 Letters come again.", run("reader", "ada@example.org", "resume"));
        assertEquals("1 Their letters do not rest.", run("reader", "ada@example.org", "resume"));
    }

    @Test
    void aComplaintIsReleasedByTheOperatorAndConsentStaysWithdrawn() {
        var ada = house.reader("ada").interestedIn("graph").confirmed();
        suppressions.complained("ada@example.org", "abuse");
        subscriptions.withdraw(ada.id, "complaint that came back");
        suppressions.remove("ada@example.org");
        assertTrue(audience.of(ADA).suppression().isPresent(), "nothing but the operator lifts it");
        assertEquals(
                "0 The address may be written to again. Its reader has left, and comes back by their own act alone.",
                run("reader", "ada@example.org", "release"));
        assertTrue(audience.of(ADA).suppression().isEmpty());
        assertEquals(Consent.WITHDRAWN, audience.of(ADA).subscriber().orElseThrow().consent);
        assertEquals("1 The address is not suppressed.", run("reader", "ada@example.org", "release"));
    }

    @Test
    void aMailboxThatCouldTakeNothingIsTriedAgainAfterRelease() {
        var ada = house.reader("ada").interestedIn("graph").confirmed();
        subscriptions.restUnreachable(ada.id);
        assertTrue(acts.release(ADA).done());
        assertEquals(null, audience.of(ADA).subscriber().orElseThrow().pauseUntil);
    }

    @Test
    void whatIsKeptOfAReaderIsPrintedAndThenForgotten() {
        house.reader("ada").interestedIn("graph").confirmed();
        String all = run("reader", "ada@example.org", "export");
        assertTrue(all.startsWith("0 {") && all.contains("\"email\" : \"ada@example.org\""), all);
        assertEquals(
                "0 They are forgotten: address, interests and letters.", run("reader", "ada@example.org", "erase"));
        String said = run("reader", "ada@example.org");
        assertTrue(said.startsWith("1 no such reader\nmailbox left: 2026-03-02T"), said);
        assertFalse(database.dump().contains("ada@example.org"));
        assertEquals("1 There is no such reader.", run("reader", "ada@example.org", "erase"));
    }

    @Test
    void anotherSpellingOfTheMailboxIsNamed() {
        house.reader("ada+papers").interestedIn("graph").confirmed();
        String said = run("reader", "ada@example.org");
        assertTrue(said.contains("no such reader\nsame mailbox: ada+papers@example.org, confirmed"), said);
    }

    @Test
    void whatIsMistypedIsOneLine() {
        assertTrue(run("reader", "ada@example.org", "dance").startsWith("2 'dance' is nothing that can be done"));
        assertTrue(run("reader", "no address").startsWith("1 That is no e-mail address."));
        assertTrue(run("reader").startsWith("2 "));
    }
}
