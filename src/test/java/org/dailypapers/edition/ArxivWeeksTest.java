package org.dailypapers.edition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dailypapers.Database;
import org.dailypapers.MovedClock;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.source.Ingest;
import org.dailypapers.source.OneSource;
import org.dailypapers.source.RejectedRecords;
import org.dailypapers.source.SourceStandings;
import org.dailypapers.source.arxiv.ArxivAnswers;
import org.dailypapers.source.arxiv.ArxivAnswers.Listed;
import org.dailypapers.source.arxiv.ArxivCalendar;
import org.dailypapers.source.arxiv.ArxivCategories;
import org.dailypapers.source.arxiv.ArxivSettings;
import org.dailypapers.source.arxiv.ArxivSource;
import org.dailypapers.source.http.ScriptedServer;
import org.dailypapers.source.http.ScriptedServer.Answer;
import org.dailypapers.source.http.ScriptedServer.Request;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two weeks of arXiv, with all that went wrong there in the last years, as two processes live them: every paper is in one
 * edition, and arXiv is never asked twice within three seconds.
 */
@QuarkusTest
class ArxivWeeksTest {

    private static final ZoneId EASTERN = ZoneId.of("America/New_York");
    private static final LocalDate FIRST_BATCH = LocalDate.of(2026, 8, 31);
    private static final LocalDate LAST_BATCH = LocalDate.of(2026, 9, 17);

    /** Labor Day: nothing is announced in its evening. */
    private static final LocalDate QUIET_BATCH = LocalDate.of(2026, 9, 8);

    private static final LocalDate STALE_BATCH = LocalDate.of(2026, 9, 10);
    private static final LocalDate LATE_DATED_BATCH = LocalDate.of(2026, 9, 11);
    private static final List<String> CATEGORIES = List.of("cs.LG", "cs.CL", "math.CO");
    private static final Map<String, String> SETS =
            Map.of("cs:cs:LG", "cs.LG", "cs:cs:CL", "cs.CL", "math:math", "math.CO");

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Ingest ingest;

    @Inject
    EditionClosing closing;

    @Inject
    Editions editions;

    @Inject
    SourceStandings standings;

    @Inject
    EditionCalendar calendar;

    @Inject
    RejectedRecords rejected;

    @Inject
    MeterRegistry metrics;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final List<ArxivSource> running = new ArrayList<>();
    private final Map<LocalDate, List<Listed>> batches = new TreeMap<>();
    private final Set<String> worries = new TreeSet<>();
    private ScriptedServer server;
    private int lastId;

    @BeforeEach
    void anEmptyHouse() {
        database.empty();
        clock.moveTo("2026-09-03T03:00:00Z");
        server = new ScriptedServer(clock).answering(this::answer);
        for (LocalDate batch = FIRST_BATCH; !batch.isAfter(LAST_BATCH); batch = batch.plusDays(1)) {
            if (batch.getDayOfWeek().getValue() <= 5 && !batch.equals(QUIET_BATCH)) {
                batches.put(batch, announce(batch));
            }
        }
    }

    @AfterEach
    void stop() {
        running.forEach(ArxivSource::close);
        server.close();
        threads.shutdownNow();
    }

    /** Of each category five new papers, two of another category, and two new versions of old ones. */
    private List<Listed> announce(LocalDate batch) {
        var papers = new ArrayList<Listed>();
        for (String category : CATEGORIES) {
            for (int i = 0; i < 5; i++) {
                papers.add(new Listed(id("2609"), category, "new", batch.minusDays(1 + i)));
            }
        }
        for (String category : CATEGORIES) {
            papers.stream()
                    .filter(paper ->
                            paper.type().equals("new") && !paper.category().equals(category))
                    .limit(2)
                    .toList()
                    .forEach(paper -> papers.add(new Listed(paper.id(), category, "cross", paper.submitted())));
            papers.add(new Listed(id("2501"), category, "replace", LocalDate.of(2025, 1, 7)));
            papers.add(new Listed(id("2501"), category, "replace-cross", LocalDate.of(2025, 1, 7)));
        }
        return papers;
    }

    private String id(String month) {
        lastId++;
        return month + ".%05d".formatted(lastId);
    }

    private boolean between(String from, String to) {
        return !clock.instant().isBefore(Instant.parse(from)) && clock.instant().isBefore(Instant.parse(to));
    }

    private void answer(Request request, int n, Answer answer) throws IOException {
        if (between("2026-09-14T06:00:00Z", "2026-09-17T06:00:00Z")) {
            answer.reset();
        } else if (between("2026-09-03T10:00:00Z", "2026-09-03T16:00:00Z")) {
            answer.send(429, "Rate exceeded.");
        } else if (!request.target().startsWith("/rss/")) {
            answer.send(200, harvest(request.target()));
        } else if (between("2026-09-04T05:00:00Z", "2026-09-04T07:00:00Z")) {
            answer.send(200, "");
        } else {
            answer.send(200, feed());
        }
    }

    private String feed() {
        LocalDate today = ZonedDateTime.ofInstant(clock.instant(), EASTERN).toLocalDate();
        List<Listed> papers = new ArrayList<>(batches.getOrDefault(today, List.of()));
        if (today.equals(STALE_BATCH)) {
            papers.removeIf(paper -> paper.category().equals("cs.CL"));
            batches.get(today.minusDays(1)).stream()
                    .filter(paper -> paper.category().equals("cs.CL"))
                    .forEach(papers::add);
        }
        return ArxivAnswers.feed(today.equals(LATE_DATED_BATCH) ? today.minusDays(1) : today, papers);
    }

    /** A page of five records of what changed from a date on; the token says which page is next. */
    private String harvest(String target) {
        String query = target.replace("%3A", ":").replace("%2F", "/");
        int token = query.indexOf("resumptionToken=");
        String[] asked = token >= 0
                ? query.substring(token + "resumptionToken=".length()).split("/")
                : new String[] {
                    query.replaceAll(".*set=([^&]*).*", "$1"), query.replaceAll(".*from=([^&]*).*", "$1"), "0"
                };
        LocalDate from = LocalDate.parse(asked[1]);
        int start = Integer.parseInt(asked[2]);
        var records = new ArrayList<String>();
        batches.forEach((batch, papers) -> {
            Instant ready = batch.minusDays(1).atTime(22, 30).atZone(EASTERN).toInstant();
            if (!batch.isBefore(from) && !ready.isAfter(clock.instant())) {
                papers.stream()
                        .filter(paper -> paper.category().equals(SETS.get(asked[0])))
                        .forEach(paper -> records.add(ArxivAnswers.record(batch, paper)));
            }
        });
        String page = String.join("", records.subList(start, Math.min(start + 5, records.size())));
        String next = start + 5 < records.size()
                ? "<resumptionToken>" + asked[0] + "/" + from + "/" + (start + 5) + "</resumptionToken>"
                : "";
        return "<OAI-PMH><responseDate>" + clock.instant() + "</responseDate>"
                + (page.isEmpty()
                        ? "<error code=\"noRecordsMatch\">none</error>"
                        : "<ListRecords>" + page + next + "</ListRecords>")
                + "</OAI-PMH>";
    }

    private record Settings(ArxivCategories arxiv, String arxivRss, String arxivOai, String arxivApi)
            implements ArxivSettings {}

    /** A process that has just been started. */
    private Intake process() {
        String address = server.address();
        var source = new ArxivSource(
                new Settings(ArxivCategories.parse("cs.LG,cs.CL,math.*"), address, address + "/oai", address),
                new ArxivCalendar(Set.of(QUIET_BATCH.minusDays(1))),
                standings,
                UserAgent.of(URI.create("https://papers.example.org")),
                clock,
                clock::move,
                (name, reason, excerpt) -> {});
        running.add(source);
        return new Intake(ingest, closing, editions, standings, calendar, OneSource.of(source), rejected, metrics);
    }

    private void tick(Intake one, Intake other) throws Exception {
        editions.ensureToday();
        Instant notSince = editions.overdueSince().orElse(Instant.MIN);
        Future<?> first = threads.submit(() -> one.live(running.get(running.size() - 2), notSince));
        Future<?> second = threads.submit(() -> other.live(running.getLast(), notSince));
        first.get();
        second.get();
        closing.closeDue();
        one.standings().forEach(standing -> one.worry(standing).ifPresent(worries::add));
    }

    @Test
    void everyPaperIsInOneEditionAndArxivIsNeverAskedTwiceWithinThreeSeconds() throws Exception {
        Intake one = process();
        Intake other = process();
        for (Instant end = Instant.parse("2026-09-18T03:00:00Z");
                clock.instant().isBefore(end); ) {
            tick(one, other);
            clock.move(Duration.ofMinutes(clock.instant().isBefore(Instant.parse("2026-09-04T00:00:00Z")) ? 20 : 60));
            if (between("2026-09-04T05:00:00Z", "2026-09-04T06:00:00Z")
                    || between("2026-09-10T14:00:00Z", "2026-09-10T15:00:00Z")
                    || between("2026-09-16T00:00:00Z", "2026-09-16T01:00:00Z")) {
                one = process();
                other = process();
            }
        }
        var announced = new TreeMap<String, LocalDate>();
        batches.forEach((batch, papers) -> papers.stream()
                .filter(paper -> paper.type().equals("new"))
                .forEach(paper -> announced.put(paper.id(), batch)));
        var listed = new TreeMap<String, LocalDate>();
        for (String row : database.rows(
                        "select p.public_id, e.edition from entry e join paper p on p.id = e.paper_id order by 1")
                .lines()
                .toList()) {
            String[] columns = row.split("[^0-9.-]+");
            LocalDate before = listed.put(columns[0], LocalDate.parse(columns[1]));
            assertEquals(null, before, columns[0] + " is in two editions");
        }
        assertEquals(announced.keySet(), listed.keySet());
        announced.forEach((id, batch) -> {
            LocalDate edition = listed.get(id);
            // What was announced during the outage joins the edition that was open after it.
            boolean held = !batch.isBefore(LocalDate.of(2026, 9, 14));
            assertTrue(
                    !edition.isBefore(batch) && !edition.isAfter(held ? LocalDate.of(2026, 9, 17) : batch.plusDays(1)),
                    () -> id + " of " + batch + " is in the edition of " + edition);
        });
        assertEquals(
                String.valueOf(announced.size()),
                database.rows("select count(*) from paper").strip());
        assertManners();
        assertWorries(one);
    }

    private void assertManners() {
        List<Instant> asked = server.requests().stream().map(Request::at).toList();
        for (int i = 1; i < asked.size(); i++) {
            Duration gap = Duration.between(asked.get(i - 1), asked.get(i));
            assertTrue(gap.compareTo(Duration.ofSeconds(3)) >= 0, "asked twice within " + gap);
        }
        long refused = asked.stream()
                .filter(at -> !at.isBefore(Instant.parse("2026-09-03T10:00:00Z"))
                        && at.isBefore(Instant.parse("2026-09-03T16:00:00Z")))
                .count();
        assertTrue(refused <= 7, () -> refused + " requests within six hours of refusals");
        long feeds = server.requests().stream()
                .filter(request -> request.target().startsWith("/rss/"))
                .count();
        assertTrue(feeds > 200, () -> "the feeds were asked " + feeds + " times");
    }

    /** The faults are told, and neither the weekends nor the holiday are; in the end all is well. */
    private void assertWorries(Intake intake) {
        assertTrue(worries.stream().anyMatch(worry -> worry.contains("an empty body")), worries::toString);
        assertTrue(
                worries.stream().anyMatch(worry -> worry.contains("has not answered since 2026-09-14")),
                worries::toString);
        assertEquals(
                List.of(),
                worries.stream()
                        .filter(worry -> !worry.contains("an empty body") && !worry.contains("since 2026-09-14"))
                        .toList());
        intake.standings().forEach(standing -> assertEquals(java.util.Optional.empty(), intake.worry(standing)));
    }
}
