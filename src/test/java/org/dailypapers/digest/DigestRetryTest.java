package org.dailypapers.digest;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.dailypapers.Database;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.RefusingTransport;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.smtp.Letter;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What became of an edition's digests, and what is sent again. */
@QuarkusTest
class DigestRetryTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    @Inject
    MovedClock clock;

    @Inject
    Database database;

    @Inject
    ScriptedSource source;

    @Inject
    House house;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    DigestComposer composer;

    @Inject
    EditionClosing closing;

    @Inject
    DigestLedger ledger;

    @Inject
    DigestRetry retry;

    @Inject
    DigestHistory history;

    @Inject
    SuppressionList suppressions;

    @Inject
    Subscriptions subscriptions;

    private final RefusingTransport relay = new RefusingTransport();

    @BeforeEach
    void anEmptyHouse() {
        database.empty();
        source.reset();
        clock.moveTo("2026-03-02T00:00:00Z");
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
    }

    private void liveUntil(String instant, boolean relayIsUp) {
        Instant end = Instant.parse(instant);
        while (clock.instant().isBefore(end)) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
            if (relayIsUp) {
                delivery.drain(relay);
            }
        }
    }

    @Test
    void theLedgerSaysOfEachDigestWhatBecameOfIt() {
        house.reader("ada").interestedIn("graph").confirmed();
        Subscriber bob = house.reader("bob").interestedIn("graph").confirmed();
        house.reader("cy").interestedIn("graph").confirmed();
        house.reader("dan").interestedIn("nothing like it").confirmed();
        relay.refuse("bob@example.org", "554 5.6.0 no good, bob@example.org");
        relay.refuse("cy@example.org", "450 4.2.0 greylisted");
        liveUntil("2026-03-03T08:00:00Z", true);
        List<DigestLedger.LedgerEntry> lines = lines(MONDAY);
        assertEquals(
                List.of(
                        "ada@example.org 1 250 2.0.0 taken ACCEPTED",
                        "bob@example.org 1 554 5.6.0 no good, <address> REJECTED",
                        "cy@example.org 1 450 4.2.0 greylisted QUEUED"),
                lines.stream()
                        .map(l -> l.address() + " " + l.attempts() + " " + l.lastReply() + " " + l.state())
                        .toList());
        assertEquals(
                List.of(false, true, false),
                lines.stream().map(DigestLedger.LedgerEntry::failed).toList());
        DigestHistory.PastDigest line = history.of(bob.id).getFirst();
        assertEquals(List.of("2603.00001"), line.papers());
        assertEquals("REJECTED", line.state());
        assertEquals("554 5.6.0 no good, <address>", line.attempts().getFirst().reply());
        assertEquals(clock.instant(), line.attempts().getFirst().at());
        assertEquals(List.of(), lines(LocalDate.parse("2026-03-05")));
    }

    @Test
    void aRefusedDigestIsSentAgainWithTheSameBytesAndOnlyOnce() {
        house.reader("ada").interestedIn("graph").confirmed();
        house.reader("bob").interestedIn("graph").confirmed();
        relay.refuse("bob@example.org", "554 5.6.0 no good");
        liveUntil("2026-03-03T08:00:00Z", true);
        relay.relent();
        assertEquals(new DigestRetry.Report(2, 1, Map.of()), retry.retry(MONDAY, n -> {}));
        assertEquals(new DigestRetry.Report(2, 0, Map.of()), retry.retry(MONDAY, n -> {}));
        delivery.drain(relay);
        assertEquals(1, relay.accepted.size());
        Letter again = relay.accepted.getFirst();
        assertEquals("bob@example.org", again.recipient());
        assertArrayEquals(relay.refused.getFirst().bytes(), again.bytes());
        assertEquals(new DigestRetry.Report(2, 0, Map.of()), retry.retry(MONDAY, n -> {}));
        DigestLedger.LedgerEntry line = lines(MONDAY).getLast();
        assertEquals(2, line.attempts());
        assertEquals(MessageState.ACCEPTED, line.state());
        liveUntil("2026-03-06T12:00:00Z", true);
        assertEquals(1, relay.accepted.size());
    }

    @Test
    void whatWasTriedOftenBeforeRestsNoLongerForIt() {
        house.reader("ada").interestedIn("graph").weekly(DayOfWeek.TUESDAY).confirmed();
        relay.refuse("ada@example.org", "450 4.2.0 greylisted");
        liveUntil("2026-03-08T12:00:00Z", true);
        DigestLedger.LedgerEntry expired = lines(MONDAY).getFirst();
        assertEquals(MessageState.EXPIRED, expired.state());
        assertTrue(expired.attempts() > 5, expired.toString());
        assertEquals(1, retry.retry(MONDAY, n -> {}).queued());
        delivery.drain(relay);
        assertEquals(expired.attempts() + 1, lines(MONDAY).getFirst().attempts());
        clock.move(Duration.ofMinutes(16));
        delivery.drain(relay);
        assertEquals(expired.attempts() + 2, lines(MONDAY).getFirst().attempts());
    }

    @Test
    void anExpiredDigestTakesItsRangeAgainWhileNobodyElseHas() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .weekly(DayOfWeek.TUESDAY)
                .confirmed();
        liveUntil("2026-03-08T12:00:00Z", false);
        assertEquals(List.of(), house.digests(ada));
        assertEquals("2026-03-01", covered());
        assertEquals(new DigestRetry.Report(1, 1, Map.of()), retry.retry(MONDAY, n -> {}));
        assertEquals(List.of(List.of("2603.00001")), house.digests(ada));
        assertEquals("2026-03-02", covered());
        source.list(paper("2603.00002", "Another graph", "2026-03-08"));
        liveUntil("2026-03-20T12:00:00Z", true);
        assertEquals(List.of("2603.00001", "2603.00002"), house.sent(ada));
        assertEquals(2, relay.accepted.size());
        assertEquals(new DigestRetry.Report(1, 0, Map.of()), retry.retry(MONDAY, n -> {}));
    }

    @Test
    void anExpiredDigestIsGivenBackOnceMoreWhereTheRelayStaysDown() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .weekly(DayOfWeek.TUESDAY)
                .confirmed();
        liveUntil("2026-03-08T12:00:00Z", false);
        assertEquals(1, retry.retry(MONDAY, n -> {}).queued());
        liveUntil("2026-03-10T12:00:00Z", false);
        assertEquals(1, house.digests(ada).size(), "the next one took everything over");
        assertEquals(List.of("2603.00001"), house.sent(ada));
        delivery.drain(relay);
        assertEquals(1, relay.accepted.size());
    }

    @Test
    void whatALaterDigestTookIsLeft() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00002", "Another graph", "2026-03-03"));
        liveUntil("2026-03-04T07:00:00Z", false);
        liveUntil("2026-03-04T12:00:00Z", true);
        assertEquals(List.of(List.of("2603.00001", "2603.00002")), sorted(house.digests(ada)));
        assertEquals(1, relay.accepted.size());
        assertEquals(new DigestRetry.Report(2, 0, Map.of(DigestRetry.Left.TAKEN, 1L)), retry.retry(MONDAY, n -> {}));
        delivery.drain(relay);
        assertEquals(1, relay.accepted.size());
    }

    @Test
    void ofTwoExpiredDigestsOfOneEditionOneIsSent() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .weekly(DayOfWeek.SUNDAY)
                .confirmed();
        liveUntil("2026-03-03T07:00:00Z", false);
        for (int i = 0; i < 2; i++) {
            composer.composeByHand(MONDAY, null, n -> {});
            assertEquals("2026-03-02", covered());
            database.update("update message set expires_at = not_before");
            schedule.tick();
            assertEquals(List.of(), house.digests(ada));
        }
        assertEquals("2026-03-01", covered());
        assertEquals(new DigestRetry.Report(2, 1, Map.of(DigestRetry.Left.TAKEN, 1L)), retry.retry(MONDAY, n -> {}));
        assertEquals(MessageState.QUEUED, lines(MONDAY).getLast().state(), "the newer one");
        assertEquals("2026-03-02", covered());
    }

    @Test
    void aDigestByHandOfAnEditionLongPastMovesNothingWhenItIsSentAgain() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-02T12:00:00Z", true);
        database.update("update reader set covered = date '2026-03-02'");
        liveUntil("2026-03-05T12:00:00Z", true);
        String covered = covered();
        composer.composeByHand(MONDAY, null, n -> {});
        database.update("update message set expires_at = not_before");
        schedule.tick();
        assertEquals(List.of(), house.digests(ada));
        assertEquals(1, retry.retry(MONDAY, n -> {}).queued());
        assertEquals(covered, covered());
        assertEquals(List.of(List.of("2603.00001")), house.digests(ada));
    }

    @Test
    void whoHasLeftOrPausedOrIsSuppressedIsLeft() {
        for (String name : List.of("ada", "bob", "cy", "dan")) {
            house.reader(name).interestedIn("graph").confirmed();
            relay.refuse(name + "@example.org", "554 5.6.0 no good");
        }
        liveUntil("2026-03-03T08:00:00Z", true);
        database.update("update subscriber set consent = 'WITHDRAWN' where email like 'ada@%'");
        database.update("update subscriber set pause_until = date '2026-03-09' where email like 'bob@%'");
        suppressions.add("cy@example.org", "550 5.1.1 unknown");
        var report = retry.retry(MONDAY, n -> {});
        assertEquals(4, report.failed());
        assertEquals(1, report.queued());
        assertEquals(
                Map.of(
                        DigestRetry.Left.WITHDRAWN, 1L,
                        DigestRetry.Left.PAUSED, 1L,
                        DigestRetry.Left.SUPPRESSED, 1L),
                report.left());
        relay.relent();
        delivery.drain(relay);
        assertEquals(
                List.of("dan@example.org"),
                relay.accepted.stream().map(Letter::recipient).toList());
    }

    @Test
    void erasingASubscriberErasesTheirAttempts() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        relay.refuse("ada@example.org", "450 4.2.0 greylisted");
        liveUntil("2026-03-03T08:00:00Z", true);
        assertNotEquals("0", database.rows("select count(*) from attempt").strip());
        assertFalse(database.rows("select * from attempt").contains("ada"));
        subscriptions.erase(ada.id);
        assertEquals("0", database.rows("select count(*) from attempt").strip());
        assertEquals(List.of(), lines(MONDAY));
    }

    @Test
    void aLongLedgerIsReadPageByPageInTheOrderOfComposing() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        int most = 2_345;
        var rows = new StringJoiner(", ");
        for (int i = 1; i <= most; i++) {
            rows.add("(" + i + ", " + ada.id + ", 'SCHEDULED', date '2026-02-01', date '2026-02-0" + (2 + i % 3)
                    + "', timestamp with time zone '2026-02-05 00:00:00Z', date '2026-02-05', '[]', " + i + ")");
        }
        database.update("insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date,"
                + " items, given_back) values " + rows);
        var pages = new HashMap<Integer, Integer>();
        var ids = new ArrayList<Long>();
        assertEquals(most, ledger.read(LocalDate.parse("2026-02-02"), page -> {
            pages.merge(page.size(), 1, Integer::sum);
            page.forEach(line -> ids.add(line.digest()));
        }));
        assertEquals(most, ids.stream().distinct().count());
        assertTrue(pages.keySet().stream().allMatch(size -> size <= 1_000), pages.toString());
        List<DigestLedger.LedgerEntry> last = lines(LocalDate.parse("2026-02-04"));
        assertEquals(
                List.of(2L, 5L, 8L),
                last.stream().map(DigestLedger.LedgerEntry::digest).limit(3).toList());
        assertEquals(null, last.getFirst().state());
    }

    @Test
    void anEditionThatNobodyHadADigestOfHasNothingToSendAgain() {
        liveUntil("2026-03-03T08:00:00Z", true);
        assertEquals(new DigestRetry.Report(0, 0, Map.of()), retry.retry(MONDAY, n -> {}));
    }

    private List<DigestLedger.LedgerEntry> lines(LocalDate edition) {
        var lines = new ArrayList<DigestLedger.LedgerEntry>();
        ledger.read(edition, lines::addAll);
        return lines;
    }

    private String covered() {
        return database.rows("select covered from reader").strip();
    }

    private static List<List<String>> sorted(List<List<String>> digests) {
        return digests.stream().map(d -> d.stream().sorted().toList()).toList();
    }
}
