package org.dailypapers;

import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.ComposeRun.Composed;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Entry;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.Arrival;
import org.dailypapers.source.Ingest;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The days as readers live them, with a clock that moves by the hour. */
@QuarkusTest
class ScheduleTest {

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
    EditionDay editionDay;

    @Inject
    Subscriptions subscriptions;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Editions editions;

    @Inject
    Entries entries;

    @Inject
    EditionClosing closing;

    @Inject
    Ingest ingest;

    @Inject
    Intake intake;

    @Inject
    Delivery delivery;

    @Inject
    DigestComposer composer;

    private final AcceptingTransport relay = new AcceptingTransport();
    private boolean relayIsUp = true;

    @BeforeEach
    void anEmptyHouse() {
        database.empty();
        source.reset();
        clock.moveTo("2026-03-02T00:00:00Z");
        // Something must have been there before, or the first ingest takes the past as it is.
        source.list(paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
    }

    /** Lets the service live until then, its schedule ticking every hour. */
    private void liveUntil(String instant) {
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
    void anAddressThatNoMailboxCanBeEndsItsLetterAndAlarmsNobody() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        Subscriber bob = house.reader("bob").interestedIn("graph").confirmed();
        database.update("update subscriber set email = 'a da@example.org' where id = " + ada.id);
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
        liveUntil("2026-03-04T12:00:00Z");
        assertEquals(
                "REJECTED\nACCEPTED",
                database.rows("select state from message order by state desc").strip());
        assertTrue(database.rows("select last_reply from message where state = 'REJECTED'")
                .contains("no mailbox can have"));
        assertEquals("0", database.rows("select count(*) from alarm").strip());
        assertEquals(List.of("2603.00001"), house.sent(bob));
    }

    @Test
    void aPaperReachesItsReaderOnceTheMorningAfter() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00001", "A graph of everything", "2026-03-02"));
        liveUntil("2026-03-03T07:00:00Z");
        assertEquals(List.of(), house.digests(ada));
        liveUntil("2026-03-06T12:00:00Z");
        assertEquals(List.of(List.of("2603.00001")), house.digests(ada));
    }

    @Test
    void aPaperThatGathersItsVotesTwoDaysLateReachesOnceAReaderWhoAskedForTrendingPapers() {
        Subscriber ada =
                house.reader("ada").interestedIn("nothing like it").filled().confirmed();
        PaperId late = PaperId.arxiv("2603.00007").orElseThrow();
        source.list(paper("2603.00007", "A sleeper", "2026-03-02", 0));
        source.vote(late, 0);
        liveUntil("2026-03-04T05:00:00Z");
        assertEquals(List.of(), house.digests(ada));
        source.vote(late, 41);
        liveUntil("2026-03-04T09:00:00Z");
        assertEquals(List.of("2603.00007"), house.sent(ada), "on the third day");
        Entry rising = entries.of(LocalDate.parse("2026-03-03")).getFirst();
        assertEquals(Entry.Reason.RISING, rising.reason);
        assertEquals(41, rising.gained);
        source.vote(late, 90);
        liveUntil("2026-03-08T09:00:00Z");
        assertEquals(List.of("2603.00007"), house.sent(ada), "and never again");
    }

    @Test
    void aPaperThatTwoSourcesListOnDifferentDaysReachesEachReaderOnce() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00002", "A graph of everything", "2026-03-02"));
        liveUntil("2026-03-04T03:00:00Z");
        ingest.ingest(
                "another",
                List.of(paper("2603.00002", "A graph of everything", "2026-03-04", 12)).stream(),
                Arrival.LIVE,
                n -> {},
                new java.util.TreeSet<>());
        liveUntil("2026-03-07T09:00:00Z");
        assertEquals(List.of("2603.00002"), house.sent(ada));
        assertEquals(
                2L,
                Long.parseLong(
                        database.rows("select count(*) from entry where reason = 'LISTED' and paper_id in (select id"
                                        + " from paper where public_id = '2603.00002')")
                                .strip()));
        assertEquals(
                "12",
                database.rows("select votes from paper where public_id = '2603.00002'")
                        .strip());
    }

    @Test
    void aWeeklyReaderGetsTheWeekInOneLetter() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .weekly(DayOfWeek.FRIDAY)
                .confirmed();
        for (int day = 2; day <= 6; day++) {
            source.list(paper("2603.0001" + day, "A graph of day " + day, "2026-03-0" + day));
        }
        liveUntil("2026-03-14T12:00:00Z");
        List<List<String>> digests = house.digests(ada);
        assertEquals(
                List.of(List.of("2603.00012", "2603.00013", "2603.00014", "2603.00015"), List.of("2603.00016")),
                digests.stream().map(d -> d.stream().sorted().toList()).toList(),
                "Friday's own edition closes on Saturday");
    }

    @Test
    void aPauseOfTenDaysEndsInOneLetterWithWhatWasMissed() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .pausedUntil("2026-03-12")
                .confirmed();
        source.list(paper("2603.00003", "A first graph", "2026-03-02"));
        source.list(paper("2603.00004", "A second graph", "2026-03-09"));
        liveUntil("2026-03-12T07:00:00Z");
        assertEquals(List.of(), house.digests(ada));
        liveUntil("2026-03-14T12:00:00Z");
        assertEquals(1, house.digests(ada).size());
        assertEquals(2, house.sent(ada).size());
    }

    @Test
    void afterAnOutageOfThreeDaysThereIsOneDigestAndNoPaperIsLost() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        liveUntil("2026-03-02T20:00:00Z");
        for (int day = 2; day <= 4; day++) {
            source.list(paper("2603.0002" + day, "A graph of day " + day, "2026-03-0" + day));
        }
        clock.moveTo("2026-03-05T20:00:00Z");
        schedule.tick();
        assertEquals(1, house.digests(ada).size());
        assertEquals(3, house.sent(ada).size());
        liveUntil("2026-03-09T12:00:00Z");
        assertEquals(3, house.sent(ada).size());
    }

    @Test
    void aChangedZoneNeverBringsTwoScheduledDigestsOnOneLocalDate() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .in("Europe/Berlin")
                .at(8)
                .confirmed();
        for (int day = 2; day <= 9; day++) {
            source.list(paper("2603.0003" + day, "A graph of day " + day, "2026-03-0" + day));
        }
        liveUntil("2026-03-04T12:00:00Z");
        Preferences moved = house.reader("ada")
                .interestedIn("graph")
                .in("Pacific/Honolulu")
                .at(8)
                .preferences();
        subscriptions.save(ada.id, moved);
        liveUntil("2026-03-06T12:00:00Z");
        subscriptions.save(
                ada.id,
                house.reader("ada")
                        .interestedIn("graph")
                        .in("Pacific/Auckland")
                        .at(8)
                        .preferences());
        liveUntil("2026-03-11T12:00:00Z");
        String dates = database.rows("select local_date, count(*) from digest group by local_date having count(*) > 1");
        assertEquals("", dates);
        assertEquals(house.sent(ada).stream().distinct().toList(), house.sent(ada));
        assertEquals(8, house.sent(ada).size());
    }

    @Test
    void clockChangesBringOneDigestForEachLocalDateInBerlinAndHavana() {
        clock.moveTo("2027-03-10T00:00:00Z");
        schedule.tick();
        Subscriber berlin = house.reader("berlin")
                .interestedIn("graph")
                .in("Europe/Berlin")
                .at(2)
                .confirmed();
        Subscriber havana = house.reader("havana")
                .interestedIn("graph")
                .in("America/Havana")
                .at(0)
                .confirmed();
        for (LocalDate day = LocalDate.parse("2027-03-10");
                day.isBefore(LocalDate.parse("2027-03-31"));
                day = day.plusDays(1)) {
            source.list(
                    paper("2703." + String.format("%05d", day.getDayOfMonth()), "A graph of " + day, day.toString()));
        }
        liveUntil("2027-04-02T12:00:00Z");
        for (Subscriber reader : List.of(berlin, havana)) {
            assertEquals(21, house.sent(reader).size());
            assertEquals(21, house.sent(reader).stream().distinct().count());
            assertEquals(
                    "",
                    database.rows("select local_date, count(*) from digest where subscriber_id = " + reader.id
                            + " group by local_date having count(*) > 1"));
        }
    }

    @Test
    void eachClosedEditionIsConsideredExactlyOnce() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .in("America/St_Johns")
                .at(23)
                .confirmed();
        for (int day = 2; day <= 9; day++) {
            source.list(paper("2603.0004" + day, "A graph of day " + day, "2026-03-0" + day));
        }
        liveUntil("2026-03-12T12:00:00Z");
        String ranges = database.rows("select from_date, to_date from digest where subscriber_id = " + ada.id
                + " and given_back = 0 order by from_date");
        String[] lines = ranges.split("\n");
        for (int i = 1; i < lines.length; i++) {
            assertEquals(lines[i - 1].split(" \\| ")[1], lines[i].split(" \\| ")[0], "no gap, no overlap:\n" + ranges);
        }
        assertEquals(8, house.sent(ada).size());
    }

    @Test
    void aDigestThatCouldNotBeDeliveredGivesItsPapersToTheNextOne() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00005", "A graph", "2026-03-02"));
        relayIsUp = false;
        liveUntil("2026-03-03T09:00:00Z");
        assertEquals(List.of(List.of("2603.00005")), house.digests(ada));
        source.list(paper("2603.00006", "Another graph", "2026-03-03"));
        liveUntil("2026-03-04T09:00:00Z");
        assertEquals(1, house.digests(ada).size(), "the first one was never sent: its relay was down");
        assertEquals(2, house.sent(ada).size());
        assertTrue(database.rows("select state from message order by id").startsWith("EXPIRED\nQUEUED"));
    }

    @Test
    void anImportOfHistoryTriggersNoScheduledDigest() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        intake.file("jsonl", List.of(paper("2501.00001", "An old graph", "2025-01-15", 400)).stream(), n -> {});
        assertEquals(1, entries.of(LocalDate.parse("2025-01-15")).getFirst().rank, "it is closed and ranked at once");
        liveUntil("2026-03-05T12:00:00Z");
        assertEquals(List.of(), house.digests(ada));
    }

    @Test
    void aLateArrivalJoinsTheOldestOpenEdition() {
        liveUntil("2026-03-03T12:00:00Z");
        source.list(paper("2603.00008", "A late graph", "2026-03-01"));
        liveUntil("2026-03-03T14:00:00Z");
        assertEquals("2603.00008", entries.of(LocalDate.parse("2026-03-03")).getFirst().paper.publicId);
    }

    @Test
    void theSampleLeavesWhenTheFirstLivePapersCome() {
        database.empty();
        intake.sample();
        assertEquals(
                "72",
                database.rows("select count(*) from paper where origin = 'sample'")
                        .strip());
        source.goDown();
        editionDay.ingest();
        assertEquals("72", database.rows("select count(*) from paper").strip());
        source.reset();
        clock.move(Duration.ofMinutes(10));
        source.list(paper("2603.00009", "The first live paper", "2026-03-02"));
        editionDay.ingest();
        assertEquals(
                "0",
                database.rows("select count(*) from paper where origin = 'sample'")
                        .strip());
        assertEquals("1", database.rows("select count(*) from paper").strip());
    }

    @Test
    void aWelcomeDigestHoldsTheNewestClosedEditionAndCountsForItsDate() {
        source.list(paper("2603.00011", "A graph", "2026-03-02"));
        liveUntil("2026-03-03T07:00:00Z");
        Preferences p = house.reader("ada").interestedIn("graph").at(9).preferences();
        optIn.request(
                org.dailypapers.subscriber.EmailAddress.parse("ada@example.org").orElseThrow(), p);
        long request = Long.parseLong(database.rows("select id from request").strip());
        Subscriber ada = optIn.confirm(request).orElseThrow();
        assertEquals(List.of(List.of("2603.00011")), house.digests(ada));
        assertEquals(
                "2026-03-02 | 2026-03-03",
                database.rows("select covered, last_date from reader").strip());
        liveUntil("2026-03-03T12:00:00Z");
        assertEquals(1, house.digests(ada).size(), "at most one digest for a local date");
        optIn.confirm(request);
        assertEquals(1, house.digests(ada).size(), "following the link twice changes nothing");
    }

    @Test
    void closingAnEditionClosesTheEarlierOnesFirstAndNeverOneThatHasNotBegun() {
        clock.moveTo("2026-03-05T12:00:00Z");
        editions.ensureToday();
        assertEquals(
                List.of("2026-03-02", "2026-03-03", "2026-03-04"),
                closing.close(LocalDate.parse("2026-03-04")).stream()
                        .map(LocalDate::toString)
                        .toList());
        org.junit.jupiter.api.Assertions.assertThrows(
                IllegalArgumentException.class, () -> closing.close(LocalDate.parse("2026-03-06")));
    }

    @Test
    void aReaderInAPausedZoneIsDueWhenThePauseEnds() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        subscriptions.pause(
                ada.id, LocalDate.ofInstant(clock.instant(), ZoneId.of("UTC")).plusDays(3));
        assertEquals(
                Instant.parse("2026-03-05T08:00:00Z").toString(),
                database.rows("select next_due from reader")
                        .strip()
                        .replaceAll("^(\\S+)[ T](\\d\\d:\\d\\d).*", "$1T$2:00Z"));
    }

    @Test
    void historyThatIsImportedAfterAReaderCameReachesNoScheduledDigest() {
        database.update("delete from entry");
        database.update("delete from edition");
        intake.file("jsonl", List.of(paper("2501.00001", "An old graph", "2025-01-15", 400)).stream(), n -> {});
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        assertEquals("2025-01-15", database.rows("select covered from reader").strip());
        intake.file("jsonl", List.of(paper("2502.00001", "A later graph", "2025-02-15", 400)).stream(), n -> {});
        source.list(paper("2603.00061", "A graph of today", "2026-03-02"));
        liveUntil("2026-03-04T12:00:00Z");
        assertEquals(List.of("2603.00061"), house.sent(ada));
    }

    @Test
    void aDigestByHandLeavesWhatWaitsAndMovesNothingPastIt() {
        relayIsUp = false;
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00071", "A first graph", "2026-03-02"));
        source.list(paper("2603.00072", "A second graph", "2026-03-03"));
        liveUntil("2026-03-03T09:00:00Z");
        assertEquals(List.of(List.of("2603.00071")), house.digests(ada));
        closing.close(LocalDate.parse("2026-03-03"));
        composer.composeByHand(LocalDate.parse("2026-03-03"), null, n -> {});
        assertEquals(List.of(List.of("2603.00071"), List.of("2603.00072")), house.digests(ada), "both wait");
        assertEquals("2026-03-02", database.rows("select covered from reader").strip());
        relayIsUp = true;
        liveUntil("2026-03-05T12:00:00Z");
        assertEquals(
                List.of("2603.00071", "2603.00072"),
                house.sent(ada).stream().sorted().toList());
        assertEquals(
                "2",
                database.rows("select count(*) from message where state = 'ACCEPTED'")
                        .strip());
    }

    @Test
    void aDigestByHandOfAnOldEditionTakesNoWeekFromAWeeklyReader() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .weekly(DayOfWeek.WEDNESDAY)
                .confirmed();
        source.list(paper("2603.00073", "A first graph", "2026-03-02"));
        source.list(paper("2603.00074", "A second graph", "2026-03-03"));
        relayIsUp = false;
        liveUntil("2026-03-04T09:00:00Z");
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        relayIsUp = true;
        liveUntil("2026-03-04T11:00:00Z");
        assertEquals(
                List.of("2603.00073", "2603.00074"),
                house.digests(ada).getFirst().stream().sorted().toList());
        assertEquals("ACCEPTED", database.rows("select state from message").strip());
    }

    @Test
    void noDigestReachesAReaderWhoPauses() {
        Subscriber ada = house.reader("ada")
                .interestedIn("graph")
                .pausedUntil("2026-03-06")
                .confirmed();
        source.list(paper("2603.00075", "A graph", "2026-03-02"));
        liveUntil("2026-03-03T09:00:00Z");
        composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {});
        composer.composeByHand(LocalDate.parse("2026-03-02"), ada.id, n -> {});
        composer.dryRun(LocalDate.parse("2026-03-02"), ada.id, letter -> fail("a dry run says the same"));
        assertEquals(List.of(), house.digests(ada));
    }

    @Test
    void aDryRunSaysWhatTheRunThenDoes() {
        relayIsUp = false;
        List<Subscriber> readers = Stream.of("ada", "bob", "cy", "dan", "eve", "fay", "gus")
                .map(name -> house.reader(name)
                        .interestedIn(name.equals("fay") ? "vase" : "graph")
                        .at(name.equals("gus") ? 23 : 8)
                        .confirmed())
                .toList();
        source.list(paper("2603.00083", "A graph", "2026-03-02"));
        source.list(paper("2603.00084", "Another graph", "2026-03-03"));
        source.list(paper("2603.00085", "A vase", "2026-03-03"));
        liveUntil("2026-03-04T07:00:00Z");
        message(readers.get(1), "leased_till = current_timestamp + interval '1' hour");
        message(readers.get(2), "unknowns = 1");
        subscriptions.pause(readers.get(3).id, LocalDate.parse("2026-03-09"));
        database.update("update reader set next_due = timestamp with time zone '2026-03-04 08:00:00+00'"
                + " where subscriber_id = " + readers.get(3).id);
        clock.moveTo("2026-03-04T08:30:00Z");
        assertEquals(
                List.of("ada 2", "cy 1", "eve 2", "fay 1"),
                composedAsTheDryRunSaid(null),
                "bob's letter is just being sent, cy's perhaps was, dan has paused, and gus is not due");
        subscriptions.pause(readers.get(3).id, null);
        clock.moveTo("2026-03-04T08:40:00Z");
        assertEquals(List.of("bob 1", "dan 1", "gus 1"), composedAsTheDryRunSaid(LocalDate.parse("2026-03-03")));
        assertEquals(
                "7 | 0\n",
                database.rows("select count(*), sum(case when r.last_digest < (select max(d.id) from digest d"
                        + " where d.subscriber_id = r.subscriber_id and d.kind = 'SCHEDULED') then 1 else 0 end)"
                        + " from reader r"),
                "each row knows the newest one, also where that replaced another");
    }

    /** Who was composed for, and how many papers: what a dry run said just before, of the same papers and reasons. */
    private List<String> composedAsTheDryRunSaid(LocalDate edition) {
        var said = new ArrayList<String>();
        var names = new ArrayList<String>();
        composer.dryRun(edition, null, letter -> {
            said.add(letter.address() + " " + letter.papers());
            names.add(letter.address().replace("@example.org", "") + " "
                    + letter.papers().size());
        });
        Composed composed = edition == null ? composer.composeDue() : composer.composeByHand(edition, null, n -> {});
        assertEquals(said.size(), composed.queued());
        assertEquals(
                said,
                database.rows("select s.email, d.items from digest d join subscriber s on s.id = d.subscriber_id"
                                + " where d.composed_at = (select max(composed_at) from digest) order by s.id")
                        .lines()
                        .map(row -> row.split(" \\| ", 2))
                        .map(row -> row[0] + " " + papers(row[1]))
                        .toList());
        return names;
    }

    private static List<Chosen> papers(String items) {
        var digest = new Digest();
        digest.items = items;
        return digest.chosen();
    }

    @Test
    void whoIsNamedAloneIsComposedForAlone() {
        Subscriber ada = house.reader("ada").interestedIn("graph").at(23).confirmed();
        Subscriber bob = house.reader("bob").interestedIn("graph").confirmed();
        source.list(paper("2603.00086", "A graph", "2026-03-02"));
        liveUntil("2026-03-03T07:00:00Z");
        clock.moveTo("2026-03-03T08:30:00Z");
        composer.dryRun(null, ada.id, letter -> fail("ada is not due"));
        assertEquals(new Composed(0, 0), composer.composeDue(ada.id));
        assertEquals(List.of(), house.digests(bob));
        assertEquals(new Composed(1, 1), composer.composeDue(bob.id));
        assertEquals(List.of("2603.00086"), house.sent(bob));
    }

    private void message(Subscriber reader, String change) {
        database.update("update message set " + change + " where state = 'QUEUED' and reference in"
                + " (select id from digest where subscriber_id = " + reader.id + ")");
    }

    @Test
    void aDigestThatWaitsWhenItsReaderPausesIsComposedAgainWhenTheyGoOn() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00076", "A graph", "2026-03-02"));
        relayIsUp = false;
        liveUntil("2026-03-03T09:00:00Z");
        subscriptions.pause(ada.id, LocalDate.parse("2026-03-05"));
        relayIsUp = true;
        liveUntil("2026-03-03T10:00:00Z");
        assertEquals(List.of(), relay.accepted);
        subscriptions.pause(ada.id, null);
        liveUntil("2026-03-03T11:00:00Z");
        assertEquals(1, relay.accepted.size(), "the same day");
        liveUntil("2026-03-08T11:00:00Z");
        assertEquals(List.of("2603.00076"), house.sent(ada), "and once");
    }

    @Test
    void whoLeavesWhileADigestWaitsAndTakesItBackGetsThatDigest() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00077", "A graph", "2026-03-02"));
        relayIsUp = false;
        liveUntil("2026-03-03T09:00:00Z");
        subscriptions.withdraw(ada.id, "left");
        relayIsUp = true;
        liveUntil("2026-03-03T12:00:00Z");
        assertEquals(List.of(), relay.accepted);
        subscriptions.undo(ada.id);
        liveUntil("2026-03-03T13:00:00Z");
        assertEquals(1, relay.accepted.size());
        liveUntil("2026-03-06T13:00:00Z");
        assertEquals(List.of("2603.00077"), house.sent(ada));
    }

    @Test
    void theWelcomeAfterAQuietWeekendIsMadeOfTheNewestEditionThatHasSomething() {
        source.list(paper("2603.00078", "A graph", "2026-03-06"));
        source.list(paper("2603.00079", "A vase", "2026-03-07"));
        liveUntil("2026-03-09T12:00:00Z");
        Subscriber ada = confirmed(house.reader("ada").interestedIn("graph").preferences());
        assertEquals(List.of(List.of("2603.00078")), house.digests(ada));
        assertEquals(
                "2026-03-08 | 2026-03-09",
                database.rows("select covered, last_date from reader").strip());
        assertEquals(
                "2026-03-05 | 2026-03-08",
                database.rows("select from_date, to_date from digest").strip());
        source.list(paper("2603.00080", "Another graph", "2026-03-09"));
        liveUntil("2026-03-12T12:00:00Z");
        assertEquals(List.of("2603.00078", "2603.00080"), house.sent(ada));
    }

    @Test
    void theWelcomeHoldsWhatWasAskedForRatherThanWhatFillsItUp() {
        source.list(paper("2603.00078", "A graph", "2026-03-06", 3));
        source.list(paper("2603.00079", "A vase", "2026-03-07", 90));
        liveUntil("2026-03-09T12:00:00Z");
        Subscriber ada =
                confirmed(house.reader("ada").interestedIn("graph").filled().preferences());
        assertEquals("2603.00078", house.sent(ada).getFirst());
    }

    @Test
    void aWelcomeWithoutAnythingThatWasAskedForIsOfTheNewestEdition() {
        source.list(paper("2603.00078", "A cup", "2026-03-06", 3));
        source.list(paper("2603.00079", "A vase", "2026-03-07", 90));
        liveUntil("2026-03-09T12:00:00Z");
        Subscriber ada =
                confirmed(house.reader("ada").interestedIn("graph").filled().preferences());
        assertEquals(List.of("2603.00079"), house.sent(ada));
    }

    @Test
    void whoConfirmsWhenNothingFitsGetsTheFirstLetterThatHasSomethingTheSameDayToo() {
        source.list(paper("2603.00081", "A vase", "2026-03-02"));
        source.list(paper("2603.00082", "A graph", "2026-03-03"));
        liveUntil("2026-03-04T05:00:00Z");
        Subscriber ada =
                confirmed(house.reader("ada").interestedIn("graph").at(9).preferences());
        assertEquals(List.of(), house.digests(ada));
        liveUntil("2026-03-04T10:00:00Z");
        assertEquals(List.of("2603.00082"), house.sent(ada));
    }

    private Subscriber confirmed(Preferences preferences) {
        optIn.request(
                org.dailypapers.subscriber.EmailAddress.parse("ada@example.org").orElseThrow(), preferences);
        return optIn.confirm(
                        Long.parseLong(database.rows("select id from request").strip()))
                .orElseThrow();
    }

    @Test
    void digestsByHandInAnyOrderNeverBlockTheScheduledOne() {
        Subscriber ada = house.reader("ada").interestedIn("graph").at(23).confirmed();
        for (int i = 0; i < 15; i++) {
            source.list(paper("2603.001" + (10 + i), "A graph of first " + i, "2026-03-02"));
            source.list(paper("2603.002" + (10 + i), "A graph of second " + i, "2026-03-03"));
        }
        liveUntil("2026-03-04T07:00:00Z");
        composer.composeByHand(LocalDate.parse("2026-03-03"), null, n -> {});
        delivery.drain(relay);
        composer.composeByHand(LocalDate.parse("2026-03-02"), null, n -> {});
        delivery.drain(relay);
        liveUntil("2026-03-06T00:00:00Z");
        assertEquals(house.sent(ada).stream().distinct().toList(), house.sent(ada));
        assertEquals("2026-03-04", database.rows("select covered from reader").strip());
    }

    @Test
    void aStepThatFailsStopsNoOther() {
        Subscriber ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(paper("2603.00081", "A graph", "2026-03-02"));
        source.breakAfterListing();
        liveUntil("2026-03-03T12:00:00Z");
        assertEquals(List.of("2603.00081"), house.sent(ada), "and what a stream gave before it broke is in");
    }

    @Test
    void hundredsOfLettersThatWaitAreLeftAloneByADigestByHandOfAnotherEdition() {
        int readers = 300;
        for (int i = 0; i < readers; i++) {
            house.reader("reader" + i).interestedIn("graph").confirmed();
        }
        intake.file("jsonl", List.of(paper("2602.00009", "An older graph", "2026-02-20", 4)).stream(), n -> {});
        LocalDate old = LocalDate.parse("2026-02-20");
        source.list(paper("2603.00091", "A graph", "2026-03-02"));
        source.list(paper("2603.00092", "Another graph", "2026-03-03"));
        relayIsUp = false;
        liveUntil("2026-03-03T09:00:00Z");
        String waiting = database.rows("select id, reference, state, expires_at from message order by id");
        assertEquals(readers, waiting.lines().count());
        assertEquals(new Composed(readers, readers), composer.composeByHand(old, null, n -> {}));
        assertEquals(new Composed(readers, 0), composer.composeByHand(old, null, n -> {}), "once is enough");
        String after = database.rows("select id, reference, state, expires_at from message order by id");
        assertTrue(after.startsWith(waiting), "what waited waits as it did");
        assertEquals(2 * readers, after.lines().count());
        assertEquals("2026-03-02\n", database.rows("select distinct covered from reader"));
        relayIsUp = true;
        liveUntil("2026-03-04T12:00:00Z");
        assertEquals(
                "ACCEPTED | " + 3 * readers + "\n",
                database.rows("select state, count(*) from message group by state"));
        assertEquals(
                "1 | 3\n",
                database.rows("select distinct min(given_back) + 1, count(*) from digest group by subscriber_id"));
        assertEquals(3 * readers, relay.accepted.size());
    }
}
