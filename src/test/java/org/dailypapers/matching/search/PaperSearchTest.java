package org.dailypapers.matching.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.edition.Curation;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.PaperRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaperSearchTest {

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @Inject
    Papers papers;

    @Inject
    PaperSearch search;

    @Inject
    Database database;

    @Inject
    Curation curation;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
    }

    private void take(PaperRecord... records) {
        intake.file("jsonl", Stream.of(records), n -> {});
    }

    private static PaperRecord paper(int number, String title) {
        return House.paper("2603.%05d".formatted(number), title, "2026-03-02");
    }

    private List<String> found(String line) {
        return search.search(line, 0, 20).papers().stream().map(p -> p.title).toList();
    }

    private void awaitReady() {
        while (!search.ready()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aPaperOfAClockThatWasAheadHidesNoLaterChange() {
        take(paper(1, "Robots"));
        awaitReady();
        assertEquals(List.of("Robots"), found("robot"));
        clock.moveTo("2031-01-01T00:00:00Z");
        take(paper(2, "Drones"));
        assertEquals(List.of("Drones"), found("drone"));
        clock.moveTo("2026-03-03T13:00:00Z");
        take(paper(3, "Graphs"), paper(1, "Robots that speak"));
        assertEquals(List.of("Graphs"), found("graph"));
        assertEquals(List.of("Robots that speak"), found("speak"));
    }

    @Test
    void whatIsCommittedAfterALaterChangeIsFoundToo() throws InterruptedException {
        take(paper(1, "Robots"), paper(2, "Drones"));
        awaitReady();
        var touched = new CountDownLatch(1);
        var committed = new CountDownLatch(1);
        Thread slow = Thread.ofPlatform()
                .start(() -> QuarkusTransaction.requiringNew().run(() -> {
                    Paper paper = papers.find(PaperId.arxiv("2603.00001").orElseThrow())
                            .orElseThrow();
                    paper.title = "Robots that wait";
                    papers.touch(paper);
                    touched.countDown();
                    try {
                        committed.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        touched.await();
        take(paper(2, "Drones that hurry"));
        assertEquals(List.of("Drones that hurry"), found("hurry"));
        committed.countDown();
        slow.join();
        take(paper(3, "Graphs"));
        assertEquals(List.of("Graphs"), found("graph"));
        assertEquals(List.of("Robots that wait"), found("wait"));
    }

    @Test
    void manyPapersAreIndexedInPagesAndNoneIsLeftOut() {
        take(IntStream.range(0, 1_205)
                .mapToObj(i -> paper(i, "Robot number w" + i))
                .toArray(PaperRecord[]::new));
        awaitReady();
        assertEquals(1_205, search.search("robot", 0, 1).total());
        for (int i : List.of(0, 99, 100, 999, 1_000, 1_204)) {
            assertEquals(List.of("Robot number w" + i), found("w" + i));
        }
    }

    @Test
    void newestFirstIsByTheDayThatIsShown() {
        take(
                House.paper("2603.00001", "Robots of March", "2026-03-01"),
                PaperRecord.titled("Robots of January")
                        .id(PaperId.arxiv("2601.00001").orElseThrow())
                        .published(Instant.parse("2026-01-05T00:00:00Z"))
                        .listed(LocalDate.parse("2026-03-02"))
                        .build(),
                PaperRecord.titled("Robots of no known day")
                        .doi("10.1000/x")
                        .listed(LocalDate.parse("2026-02-20"))
                        .build());
        awaitReady();
        assertEquals(
                List.of("Robots of March", "Robots of no known day", "Robots of January"),
                search.newest("robot", 0, 20).papers().stream()
                        .map(p -> p.title)
                        .toList());
    }

    @Test
    void aStartOpensWhatIsThereAndReadsOnlyWhatChanged() {
        take(paper(1, "Robots"), paper(2, "Drones"));
        service.restartSearch();
        database.update("update paper set title = 'Submarines' where title = 'Robots'");
        database.update(
                "update paper set title = 'Balloons', summary = 'They fly.', revision = revision + 1 where title = 'Drones'");
        service.restartSearch();
        assertEquals(0, search.search("submarine", 0, 20).total());
        assertEquals(List.of("Submarines"), found("robot"), "the row that no change is noted of is not read again");
        assertEquals(List.of("Balloons"), found("balloon"));
        assertEquals(List.of(), found("drone"));
    }

    @Test
    void whatABackupTookBackIsAsTheDatabaseSays() {
        take(paper(1, "Robots"), paper(2, "Drones"));
        service.restartSearch();
        database.update("delete from entry");
        database.update("delete from paper where title = 'Drones'");
        // The number of the change that was lost is given again.
        database.update(
                "update paper set title = 'Balloons', summary = 'They fly.', changed_at = timestamp with time zone '2026-03-03 12:30:00+00'");
        service.restartSearch();
        assertEquals(0, search.search("drone", 0, 20).total());
        assertEquals(0, search.search("robot", 0, 20).total());
        assertEquals(List.of("Balloons"), found("balloon"));
    }

    @Test
    void aHiddenPaperIsGoneAtOnceAndComesBack() {
        take(paper(1, "Robots"), paper(2, "Robots too"));
        awaitReady();
        PaperId id = PaperId.arxiv("2603.00001").orElseThrow();
        curation.hide(id, true);
        assertEquals(List.of("Robots too"), found("robot"));
        assertEquals(1, search.search("robot", 0, 20).total());
        service.restartSearch();
        assertEquals(1, search.search("robot", 0, 20).total());
        curation.hide(id, false);
        assertEquals(2, search.search("robot", 0, 20).total());
    }

    @Test
    void aPaperIsFoundByEachOfItsThousandsOfAuthors() {
        List<String> names = IntStream.range(0, 3_000)
                .mapToObj(i -> "Ada Q%s".formatted(Integer.toString(i, 26).replaceAll("[0-9]", "z$0")))
                .toList();
        take(PaperRecord.titled("A collision")
                .id(PaperId.arxiv("2603.00001").orElseThrow())
                .authors(names)
                .listed(LocalDate.parse("2026-03-02"))
                .build());
        awaitReady();
        assertEquals(List.of("A collision"), found("author:\"" + names.getLast() + "\""));
    }
}
