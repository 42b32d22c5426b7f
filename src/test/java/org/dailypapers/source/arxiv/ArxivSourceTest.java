package org.dailypapers.source.arxiv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperRecord.Announced;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceException.Trouble;
import org.dailypapers.source.arxiv.ArxivAnswers.Listed;
import org.dailypapers.source.http.Manners;
import org.dailypapers.source.http.Pace;
import org.dailypapers.source.http.ScriptedServer;
import org.dailypapers.source.http.ScriptedServer.Answer;
import org.dailypapers.source.http.ScriptedServer.Request;
import org.dailypapers.source.http.UserAgent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of arXiv's interfaces, and what becomes of their answers and of their faults. */
class ArxivSourceTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 4, 27);
    private static final Instant SINCE = Instant.parse("2026-04-26T00:00:00Z");

    /** At noon in New York. */
    private final List<String> rejected = new ArrayList<>();

    private Instant now = Instant.parse("2026-04-27T16:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private final ScriptedServer server = new ScriptedServer(clock).answering(this::answer);
    private final Noted noted = new Noted();
    private ArxivSource source = source("cs.LG,math.*");
    private String feed = ArxivAnswers.feed(MONDAY, List.of(paper("2604.00001", "new")));
    private final List<String> harvests = new ArrayList<>();

    private static final class Noted implements Bookmark {
        private Optional<String> note = Optional.empty();

        @Override
        public Optional<String> read() {
            return note;
        }

        @Override
        public void write(String written) {
            note = Optional.of(written);
        }
    }

    private record Settings(ArxivCategories arxiv, String arxivRss, String arxivOai, String arxivApi)
            implements ArxivSettings {}

    private ArxivSource source(String categories) {
        String address = server.address();
        return new ArxivSource(
                new Settings(ArxivCategories.parse(categories), address, address + "/oai", address),
                new ArxivCalendar(Set.of(LocalDate.of(2026, 5, 24))),
                noted,
                UserAgent.of(URI.create("https://papers.example.org")),
                clock,
                time -> {},
                new Manners(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        4 << 20,
                        true,
                        Pace.FREE),
                (name, reason, excerpt) -> rejected.add(reason));
    }

    @AfterEach
    void stop() {
        source.close();
        server.close();
    }

    private static Listed paper(String id, String type) {
        return new Listed(id, "cs.LG", type, MONDAY.minusDays(3));
    }

    private static String harvest(Listed... papers) {
        return ArxivAnswers.harvest("2026-04-27T16:00:00Z", MONDAY, List.of(papers), null);
    }

    /** The feed as it is, and the harvests one after the other; what is not written has no records. */
    private void answer(Request request, int n, Answer answer) throws java.io.IOException {
        if (request.target().startsWith("/rss/")) {
            answer.send(200, feed, "ETag: \"" + feed.hashCode() + "\"");
        } else {
            answer.send(200, harvests.isEmpty() ? harvest() : harvests.removeFirst());
        }
    }

    private List<PaperRecord> fetch() throws SourceException {
        try (Stream<PaperRecord> papers = source.fetch(SINCE)) {
            return papers.toList();
        }
    }

    private List<String> targets() {
        return server.requests().stream().map(Request::target).toList();
    }

    /** What came before it failed. */
    private record Failed(List<String> ids, SourceException why) {}

    private Failed failed() {
        var ids = new ArrayList<String>();
        try (Stream<PaperRecord> papers = source.fetch(SINCE)) {
            papers.forEach(paper -> ids.add(paper.id().value()));
        } catch (SourceException why) {
            return new Failed(ids, why);
        } catch (SourceException.WhileStreaming why) {
            return new Failed(ids, why.getCause());
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void theDayIsOneRequestForTheFeedsAndOneForEachHarvest() throws SourceException {
        assertEquals(
                List.of("2604.00001"), fetch().stream().map(p -> p.id().value()).toList());
        assertEquals(
                List.of(
                        "/rss/cs.LG+math",
                        "/oai?verb=ListRecords&metadataPrefix=arXiv&set=cs:cs:LG&from=2026-04-26",
                        "/oai?verb=ListRecords&metadataPrefix=arXiv&set=math:math&from=2026-04-26"),
                targets());
    }

    @Test
    void aHarvestIsMadeOnceANightAndGoesOnFromTheLastAnswersDate() throws SourceException {
        fetch();
        source.stored();
        fetch();
        assertEquals(4, targets().size(), "only the feeds are asked again");
        now = Instant.parse("2026-04-28T02:50:00Z");
        fetch();
        assertTrue(
                targets().get(5).endsWith("set=cs:cs:LG&from=2026-04-26"),
                targets().get(5));
    }

    @Test
    void aHarvestThatIsNotStoredIsMadeAgainAlsoAfterARestart() throws SourceException {
        fetch();
        source.close();
        source = source("cs.LG,math.*");
        fetch();
        assertEquals(6, targets().size());
        source.stored();
        source.close();
        source = source("cs.LG,math.*");
        fetch();
        assertEquals(7, targets().size());
    }

    @Test
    void aCategoryThatIsFollowedAnewIsHarvestedByItself() throws SourceException {
        fetch();
        source.stored();
        source.close();
        source = source("cs.LG,math.*,hep-th");
        fetch();
        assertEquals(
                List.of(
                        "/rss/cs.LG+math+hep-th",
                        "/oai?verb=ListRecords&metadataPrefix=arXiv&set=physics:hep-th&from=2026-04-26"),
                targets().subList(3, 5));
    }

    @Test
    void papersOfTheFeedAreOfTheNewestBatchWhateverItsDates() throws SourceException {
        feed = ArxivAnswers.feed(MONDAY.minusDays(3), List.of(paper("2604.00001", "new")));
        assertEquals(MONDAY, fetch().getFirst().listed());
        feed = ArxivAnswers.feed(LocalDate.of(2031, 1, 1), List.of(paper("2604.00001", "new")));
        assertEquals(MONDAY, fetch().getFirst().listed());
    }

    @Test
    void anUnchangedFeedIsNotReadAgainOnceItsPapersAreStored() throws SourceException {
        fetch();
        fetch();
        assertFalse(server.requests().get(3).fields().containsKey("if-none-match"), "nothing is stored yet");
        source.stored();
        server.answering((request, n, answer) -> answer.raw("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        assertEquals(List.of(), fetch());
        assertEquals(
                "\"" + feed.hashCode() + "\"",
                server.requests().getLast().fields().get("if-none-match"));
    }

    @Test
    void anOldPaperThatChangesIsNoNewsAndAFreshOneIs() throws SourceException {
        harvests.add(harvest(
                new Listed("2604.00002", "cs.LG", "new", MONDAY.minusDays(14)),
                new Listed("2604.00003", "cs.LG", "new", MONDAY.minusDays(15)),
                new Listed("2604.00004", "cs.LG", "deleted", MONDAY)));
        assertEquals(
                List.of(Announced.NEW, Announced.AGAIN, Announced.CHANGED, Announced.REMOVED),
                fetch().stream().map(PaperRecord::announced).toList());
    }

    @Test
    void aHarvestIsReadPageByPageAndItsTokenIsEncodedAgain() throws SourceException {
        harvests.add(ArxivAnswers.harvest(
                "2026-04-27T16:00:00Z", MONDAY, List.of(paper("2604.00002", "new")), "verb=ListRecords&amp;skip=1|x"));
        harvests.add(harvest(paper("2604.00003", "new")));
        assertEquals(3, fetch().size());
        assertEquals(
                "/oai?verb=ListRecords&resumptionToken=verb%3DListRecords%26skip%3D1%7Cx",
                targets().get(2));
    }

    @Test
    void anExpiredTokenBeginsTheHarvestAnew() throws SourceException {
        String expired = "<OAI-PMH><error code=\"badResumptionToken\">expired</error></OAI-PMH>";
        String first = ArxivAnswers.harvest("2026-04-27T16:00:00Z", MONDAY, List.of(paper("2604.00002", "new")), "t");
        harvests.addAll(List.of(first, expired, first, harvest(paper("2604.00003", "new"))));
        assertEquals(
                List.of("2604.00001", "2604.00002", "2604.00002", "2604.00003"),
                fetch().stream().map(p -> p.id().value()).toList());
        assertEquals(targets().get(1), targets().get(3));
    }

    @Test
    void aTokenThatExpiresAgainIsAFailureAndTheOtherCategoriesAreRead() {
        String expired = "<OAI-PMH><error code=\"badResumptionToken\">expired</error></OAI-PMH>";
        String first = ArxivAnswers.harvest("2026-04-27T16:00:00Z", MONDAY, List.of(paper("2604.00002", "new")), "t");
        harvests.addAll(List.of(first, expired, first, expired, harvest(paper("2604.00005", "new"))));
        Failed failed = failed();
        assertEquals(List.of("2604.00001", "2604.00002", "2604.00002", "2604.00005"), failed.ids());
        assertTrue(failed.why().getMessage().contains("badResumptionToken"));
        source.stored();
        assertTrue(noted.note.orElseThrow().startsWith("math:math "), "what was read to its end is noted");
    }

    @Test
    void aTokenThatComesAgainAndAgainIsALie() {
        for (int i = 0; i < 5; i++) {
            harvests.add(
                    ArxivAnswers.harvest("2026-04-27T16:00:00Z", MONDAY, List.of(paper("2604.0000" + i, "new")), "t"));
        }
        assertLie("answered the same page again and again", failed());
    }

    private static void assertLie(String said, Failed failed) {
        assertTrue(failed.why().getMessage().contains(said), failed.why().getMessage());
        assertEquals(Trouble.LIES, failed.why().trouble());
        assertFalse(failed.why().getMessage().contains("\n"));
    }

    @Test
    void aRecordOfAnotherDateThanWasAskedForIsALieAndIsNotTaken() {
        harvests.add(ArxivAnswers.harvest(
                "2026-04-27T16:00:00Z", MONDAY.minusDays(9), List.of(paper("2604.00002", "new")), null));
        Failed failed = failed();
        assertLie("2604.00002 is dated 2026-04-18, which was not asked for", failed);
        assertEquals(List.of("2604.00001"), failed.ids());
        assertTrue(rejected.getFirst().contains("was not asked for"), rejected.toString());
    }

    @Test
    void aRecordOfADateToComeIsALieAndIsNotTaken() {
        harvests.add(ArxivAnswers.harvest(
                "2026-04-27T16:00:00Z", MONDAY.plusDays(400), List.of(paper("2604.00002", "new")), null));
        assertLie("2604.00002 is dated 2027-06-01", failed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<!DOCTYPE html><html><body>Come back later</body></html>",
                "<html><body>Come back later</body></html>",
                "<rss version=\"2.0\"><channel><item><title>T",
                "{\"error\": \"no\"}",
                "Rate exceeded."
            })
    void aFeedThatIsNoneIsALieAndTheHarvestBringsThePapers(String body) {
        feed = body;
        harvests.add(harvest(paper("2604.00002", "new")));
        Failed failed = failed();
        assertLie("/rss/cs.LG+math answered ", failed);
        assertEquals(List.of("2604.00002"), failed.ids());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Come back later</body></html>",
                "<OAI-PMH><ListRecords><record><header>",
                "<OAI-PMH><responseDate>2026-04-27T16:00:00Z</responseDate><ListRecords></ListRecords></OAI-PMH>",
                "<OAI-PMH><error code=\"badArgument\">no such set</error></OAI-PMH>"
            })
    void aHarvestThatIsNoneIsALieAndItsPlaceIsKept(String body) {
        harvests.add(body);
        Failed failed = failed();
        assertLie("/oai?verb=ListRecords", failed);
        assertEquals(List.of("2604.00001"), failed.ids());
        source.stored();
        assertFalse(noted.note.orElseThrow().contains("cs:cs:LG"));
    }

    @Test
    void aHarvestWithoutRecordsIsNotMadeAgainBecauseTheFeedFails() {
        feed = "";
        failed();
        failed();
        assertEquals(
                List.of("/rss/cs.LG+math", "/rss/cs.LG+math"),
                List.of(targets().getFirst(), targets().getLast()));
        assertEquals(4, targets().size());
    }

    @Test
    void aFeedOfAnotherEncodingThanItSaysIsALie() {
        server.answering((request, n, answer) -> {
            byte[] latin =
                    feed.replace("Lovelace", "Lovel\u00e1ce").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            if (request.target().startsWith("/rss/")) {
                answer.head(200, latin.length);
                answer.raw(latin);
            } else {
                answer.send(200, harvest());
            }
        });
        assertLie("not of the encoding that it says", failed());
    }

    @Test
    void anEmptyBatchIsALieOnADayOfAnnouncements() {
        feed = ArxivAnswers.feed(MONDAY, List.of());
        assertLie("answered an empty batch on a day of announcements", failed());
    }

    @ParameterizedTest
    @CsvSource({
        "a Sunday,2026-04-26T16:00:00Z",
        "the small hours of a Monday,2026-04-27T05:00:00Z",
        "the day after a holiday's evening,2026-05-25T16:00:00Z"
    })
    void anEmptyBatchIsRightWhereNothingIsAnnounced(String when, String instant) throws SourceException {
        now = Instant.parse(instant);
        feed = ArxivAnswers.feed(MONDAY, List.of());
        assertEquals(List.of(), fetch(), when);
    }

    @Test
    void a429OfTheFeedsIsSilenceForAll() {
        server.answering((request, n, answer) -> answer.send(429, "Rate exceeded."));
        assertEquals(Trouble.BUSY, failed().why().trouble());
        assertEquals(1, targets().size());
    }

    @Test
    void a403OfAHarvestIsSilenceForAllAndWhatCameIsKept() {
        server.answering((request, n, answer) -> {
            if (request.target().startsWith("/rss/")) {
                answer.send(200, feed);
            } else {
                answer.send(403, "Access denied");
            }
        });
        Failed failed = failed();
        assertEquals(Trouble.FORBIDDEN, failed.why().trouble());
        assertEquals(List.of("2604.00001"), failed.ids());
        assertEquals(2, targets().size());
    }

    @Test
    void daysLongPastAreSearchedForByDateAndCategory() throws SourceException {
        server.answering((request, n, answer) -> answer.send(
                200,
                n == 1
                        ? ArxivAnswers.search(2, List.of(of("2601.00001", "2026-01-05")))
                        : n == 2
                                ? ArxivAnswers.search(2, List.of(of("2601.00002", "2026-01-05")))
                                : ArxivAnswers.search(0, List.of())));
        try (Stream<PaperRecord> papers = source.fetch(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 6))) {
            assertEquals(
                    List.of("2601.00001", "2601.00002"),
                    papers.map(p -> p.id().value()).toList());
        }
        assertEquals(3, targets().size());
        assertEquals(
                "/api/query?search_query=%28cat%3Acs.LG+OR+cat%3Amath.*%29+AND+submittedDate%3A%5B202601050000+TO+202601052359%5D"
                        + "&start=1&max_results=1000&sortBy=submittedDate&sortOrder=ascending",
                targets().get(1));
    }

    private static Listed of(String id, String submitted) {
        return new Listed(id, "cs.LG", "new", LocalDate.parse(submitted));
    }

    @Test
    void aSearchThatAnswersWithAnotherDayIsALie() {
        server.answering((request, n, answer) ->
                answer.send(200, ArxivAnswers.search(1, List.of(of("2601.00001", "2025-11-05")))));
        SourceException failure = assertThrows(
                SourceException.class, () -> source.fetch(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 6)));
        assertEquals(Trouble.LIES, failure.trouble());
        assertTrue(failure.getMessage().endsWith("was submitted on 2025-11-05, and 2026-01-05 was asked for"));
    }

    @Test
    void anEmptyLaterPageOfASearchIsALie() {
        server.answering((request, n, answer) ->
                answer.send(200, ArxivAnswers.search(2, n == 1 ? List.of(of("2601.00001", "2026-01-05")) : List.of())));
        SourceException.WhileStreaming failure = assertThrows(SourceException.WhileStreaming.class, () -> source.fetch(
                        LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 5))
                .toList());
        assertEquals(Trouble.LIES, failure.getCause().trouble());
    }

    @Test
    void theLastWeekOfANewInstanceIsHarvested() throws SourceException {
        harvests.add(harvest(paper("2604.00002", "new")));
        try (Stream<PaperRecord> papers = source.fetch(MONDAY.minusDays(7), MONDAY)) {
            assertEquals(2, papers.count());
        }
        assertTrue(targets().get(1).endsWith("from=2026-04-20"));
        assertEquals(3, targets().size());
    }

    @Test
    void onePaperIsFoundByItsId() throws SourceException {
        server.answering((request, n, answer) -> answer.send(200, harvest(paper("2604.00002", "new"))));
        PaperRecord found = source.find(new PaperId("2604.00002")).orElseThrow();
        assertEquals("A paper called 2604.00002", found.title());
        assertEquals(Announced.NEW, found.announced());
        assertEquals(
                List.of("/oai?verb=GetRecord&metadataPrefix=arXiv&identifier=oai:arXiv.org:2604.00002"), targets());
        assertEquals(Optional.empty(), source.find(new PaperId("2604.00003")), "another was answered");
        assertEquals(Optional.empty(), source.find(new PaperId("doi:10.1000/1")));
        server.answering((request, n, answer) ->
                answer.send(200, "<OAI-PMH><error code=\"idDoesNotExist\">none</error></OAI-PMH>"));
        assertEquals(Optional.empty(), source.find(new PaperId("2604.00002")));
        server.answering((request, n, answer) -> answer.send(200, ""));
        assertThrows(SourceException.class, () -> source.find(new PaperId("2604.00002")));
    }
}
