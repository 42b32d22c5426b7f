package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes that do the same at the same time: one is quicker, and nobody complains. */
@QuarkusTest
class TwoProcessesTest {

    private static final LocalDate SUNDAY = LocalDate.parse("2026-03-01");
    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Editions editions;

    @Inject
    Entries entries;

    @Inject
    EditionClosing closing;

    @Inject
    EditionCalendar calendar;

    @Inject
    Papers papers;

    @Inject
    KnownPapers known;

    @Inject
    StoredTexts texts;

    @Inject
    EntityManager entities;

    @Inject
    Ingest ours;

    @Inject
    Sources sources;

    private final ExecutorService both = Executors.newFixedThreadPool(2);
    private final List<LogRecord> complaints = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getThrown() != null && line.getLevel().intValue() > Level.FINE.intValue()) {
                complaints.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void nobodyComplains() {
        Logger.getLogger("").removeHandler(listener);
        both.shutdownNow();
        assertEquals(List.of(), complaints.stream().map(LogRecord::getMessage).toList());
    }

    @Test
    void anEditionThatTheOtherIsJustMakingIsMadeOnce() throws Exception {
        var made = new CountDownLatch(1);
        Future<?> first = both.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
            editions.ensure(MONDAY);
            made.countDown();
            pause();
        }));
        made.await();
        Edition second = QuarkusTransaction.requiringNew().call(() -> editions.ensure(MONDAY));
        first.get();
        assertEquals(MONDAY, second.date);
        assertEquals("1\n", database.rows("select count(*) from edition"));
    }

    @Test
    void aPastEditionThatTheOtherHasMadeStaysAsItIs() throws Exception {
        var made = new CountDownLatch(1);
        Future<?> first = both.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
            editions.ensure(SUNDAY);
            made.countDown();
            pause();
        }));
        made.await();
        Edition second = QuarkusTransaction.requiringNew().call(() -> editions.ensurePast(SUNDAY));
        first.get();
        assertFalse(second.closed());
        assertFalse(second.history);
    }

    @Test
    void aLockedEditionIsReadAsTheOtherHasLeftIt() {
        editions.ensure(SUNDAY);
        QuarkusTransaction.requiringNew().run(() -> {
            assertFalse(editions.find(SUNDAY).orElseThrow().closed());
            QuarkusTransaction.requiringNew().run(() -> editions.lock(SUNDAY).orElseThrow().closedAt = clock.instant());
            assertTrue(editions.lock(SUNDAY).orElseThrow().closed());
        });
    }

    @Test
    void anEditionThatTheOtherIsJustClosingIsClosedOnce() throws Exception {
        ours.ingest(
                ScriptedSource.NAME,
                List.of(House.paper("2603.00001", "A graph", "2026-03-01", 3)).stream(),
                Arrival.LIVE,
                n -> {},
                new TreeSet<>());
        editions.ensure(SUNDAY);
        var locked = new CountDownLatch(1);
        Future<?> first = both.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
            Edition edition = editions.lock(SUNDAY).orElseThrow();
            locked.countDown();
            pause();
            edition.closedAt = clock.instant();
        }));
        locked.await();
        assertEquals(List.of(), closing.close(SUNDAY));
        first.get();
    }

    @Test
    void aPaperThatTheOtherIsJustStoringIsStoredOnce() throws Exception {
        Ingest theirs = new Ingest(
                papers,
                known,
                new Turn(entities),
                editions,
                entries,
                calendar,
                texts,
                sources,
                (source, reason, excerpt) -> {});
        for (int round = 0; round < 10; round++) {
            var records = new ArrayList<PaperRecord>();
            for (int i = 0; i < 5; i++) {
                String title = "The paper of round %d, number %d".formatted(round, i);
                records.add(House.paper("2603.%02d%03d".formatted(round, i), title, "2026-03-02"));
                records.add(PaperRecord.titled(title)
                        .doi("10.1000/" + round + "." + i)
                        .listed(MONDAY)
                        .build());
            }
            var start = new CyclicBarrier(2);
            List<Future<IngestReport>> reports = new ArrayList<>();
            for (Ingest each : List.of(ours, theirs)) {
                Callable<IngestReport> take = () -> {
                    start.await();
                    return each.ingest(ScriptedSource.NAME, records.stream(), Arrival.LIVE, n -> {}, new TreeSet<>());
                };
                reports.add(both.submit(take));
            }
            int added = 0;
            for (Future<IngestReport> report : reports) {
                added += report.get().added();
                assertEquals(List.of(), report.get().rejections());
            }
            assertEquals(10, added);
        }
        assertEquals(100, papers.count());
    }

    @Test
    void atMidnightAndAtClosingTimeBothTickAndTheDayIsOne() throws Exception {
        source.list(House.paper("2602.00001", "An older graph", "2026-03-01", 3));
        schedule.tick();
        for (String time : List.of(
                "2026-03-03T00:00:00Z", "2026-03-03T06:00:00Z", "2026-03-04T00:00:00Z", "2026-03-04T06:00:00Z")) {
            source.list(House.paper(
                    "2603.0" + time.substring(9, 10) + time.substring(11, 13) + "1",
                    "A graph of " + time,
                    time.substring(0, 10),
                    9));
            source.vote(new PaperId("2602.00001"), 40);
            clock.moveTo(time);
            var start = new CyclicBarrier(2);
            Runnable tick = () -> {
                try {
                    start.await();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                schedule.tick();
            };
            Future<?> one = both.submit(tick);
            Future<?> other = both.submit(tick);
            one.get();
            other.get();
        }
        assertEquals(
                "0\n",
                database.rows(
                        "select count(*) from entry where reason = 'RISING'"
                                + " and exists (select 1 from entry o where o.paper_id = entry.paper_id and o.edition = entry.edition and o.id <> entry.id)"));
        assertTrue(entries.of(MONDAY).stream().allMatch(e -> e.rank != null && e.reason != null));
        assertEquals("4\n", database.rows("select count(*) from edition where date >= date '2026-03-01'"));
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
