package org.dailypapers.source;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which records are about one paper. */
@QuarkusTest
class KnownPapersTest {

    private static final LocalDate DAY = LocalDate.parse("2026-02-20");
    private static final String DOI = "10.1000/shared.doi";

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    Intake intake;

    @Inject
    Papers papers;

    @BeforeEach
    void anEmptyCatalogue() {
        service.at("2026-03-02T12:00:00Z");
    }

    @Test
    void twoArxivIdsAreTwoPapersThoughTheyHaveOneDoi() {
        take(arxiv("2602.00001", "The first of two parts").doi(DOI));
        take(arxiv("2602.00002", "The second of two parts").doi(DOI));
        assertEquals(List.of("2602.00001", "2602.00002"), ids());
        for (String part : List.of("2602.00001: The first of two parts", "2602.00002: The second of two parts")) {
            String[] expected = part.split(": ");
            String page = given().get("/papers/" + expected[0])
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertTrue(page.contains(expected[1]), page);
        }
    }

    @Test
    void ofTwoPapersWithOneDoiNoneGetsTheWordsOfTheOther() {
        take(PaperRecord.titled("The first of two parts").doi(DOI).authors(List.of("Ada")));
        take(arxiv("2602.00002", "The second of two parts").doi(DOI).authors(List.of("Bob")));
        take(arxiv("2602.00001", "The first of two parts").doi(DOI).authors(List.of("Ada")));
        take(PaperRecord.titled("The first of two parts").doi(DOI).authors(List.of("Ada")));
        assertEquals(List.of("2602.00001", "2602.00002"), ids());
        assertEquals("The first of two parts", paper("2602.00001").title);
        assertEquals("The second of two parts", paper("2602.00002").title);
        assertEquals(List.of("Bob"), paper("2602.00002").authors);
    }

    @Test
    void anEditorialIsAnotherEditorialThanTheOneElsewhere() {
        for (String title : List.of(
                "Editorial",
                "Introduction",
                "Erratum",
                "Preface",
                "Correction to: Deep graphs at large scale",
                "Untitled",
                "Notes")) {
            service.at("2026-03-02T12:00:00Z");
            take(PaperRecord.titled(title).url("https://example.org/1"));
            take(PaperRecord.titled(title).url("https://example.org/2"));
            take(PaperRecord.titled(title).url("http://EXAMPLE.org/1/#top"));
            take(PaperRecord.titled(title).doi("10.1000/1"));
            take(arxiv("2602.00001", title));
            assertEquals(4, ids().size(), title + ids());
            ids().forEach(id -> assertEquals(200, given().get("/papers/" + id).statusCode(), id));
        }
    }

    @Test
    void oneTitleThatSaysEnoughAtTwoLinksIsTwoPapersStill() {
        take(PaperRecord.titled("A long title that two papers have").url("https://example.org/1"));
        take(PaperRecord.titled("A long title that two papers have").url("https://example.org/2"));
        take(PaperRecord.titled("A long title that two papers have").ownName("7"));
        assertEquals(3, ids().size());
    }

    @Test
    void aTitleAloneJoinsOnePaperAndNeverTwo() {
        take(arxiv("2602.00001", "A long title that two papers have"));
        take(arxiv("2602.00002", "A long title that two papers have"));
        take(PaperRecord.titled("A Long Title that two papers have!"));
        assertEquals(List.of("2602.00001", "2602.00002"), ids());
    }

    @Test
    void shortTitlesAloneAreToldApartByTheirAbstracts() {
        take(PaperRecord.titled("Editorial").summary("On the first issue."));
        take(PaperRecord.titled("Editorial").summary("On the second issue."));
        take(PaperRecord.titled("Editorial").summary("On the  first issue"));
        assertEquals(2, ids().size());
        take(arxiv("2602.00001", "Editorial").summary("On the first issue."));
        assertEquals(3, ids().size(), "and join nothing");
    }

    @Test
    void aDoiIsOneHoweverItIsSpelled() {
        for (String spelled : List.of(
                "10.1000/ABC.def",
                "https://doi.org/10.1000/abc.DEF",
                "http://dx.doi.org/10.1000/abc.def",
                "doi:10.1000/abc.def",
                "DOI: 10.1000/abc.def.",
                " 10.1000/abc.def,")) {
            take(PaperRecord.titled("Spelled " + spelled).doi(spelled));
        }
        assertEquals(List.of("doi:10.1000/abc.def"), ids());
    }

    @Test
    void theDoiThatArxivGivesIsTheArxivId() {
        take(arxiv("2401.00001", "A paper about something"));
        take(PaperRecord.titled("The same with another title").doi("10.48550/arXiv.2401.00001"));
        take(PaperRecord.titled("The same with a third title").doi("https://doi.org/10.48550/ARXIV.2401.00001v3."));
        take(PaperRecord.titled("The same with a fourth title").url("https://arxiv.org/abs/2401.00001v2"));
        take(PaperRecord.titled("The same by its address")
                .id(new PaperId("doi:10.1000/published"))
                .url("http://arxiv.org/pdf/2401.00001"));
        take(PaperRecord.titled("An old one with its class").url("https://arxiv.org/abs/math.GT/0309136v1"));
        take(PaperRecord.titled("An old one without").doi("10.48550/arXiv.math/0309136"));
        assertEquals(List.of("2401.00001", "math/0309136"), ids());
    }

    @Test
    void aPaperIsFoundByEveryAddressThatItHasHad() {
        take(PaperRecord.titled("A paper that gets better known"));
        String byTitle = ids().getFirst();
        take(PaperRecord.titled("A paper that gets better known").url("https://example.org/1"));
        String own = ids().getFirst();
        assertTrue(own.startsWith("s-"), own);
        take(PaperRecord.titled("A paper that gets better known")
                .url("https://example.org/1")
                .doi(DOI));
        take(arxiv("2602.00001", "A paper that gets better known").doi(DOI));
        assertEquals(List.of("2602.00001"), ids());
        for (String address : List.of(byTitle, own, "doi:" + DOI, "2602.00001")) {
            assertEquals(200, given().get("/papers/" + address).statusCode(), address);
        }
        take(PaperRecord.titled("A paper that gets better known").url("https://example.org/1"));
        assertEquals(List.of("2602.00001"), ids());
    }

    /** A preprint server knows of the journal's version, the journal knows nothing of the preprint, arXiv names the journal's. */
    @Test
    void aPreprintAndItsJournalsVersionAreOneInWhateverOrderTheyCome() {
        PaperRecord alone = preprint("10.1101/2026.01.01.000001", null);
        PaperRecord published = preprint("10.1101/2026.01.01.000001", "10.1038/s41586-026-1");
        PaperRecord journal = PaperRecord.titled("How the cells do it, as published")
                .doi("10.1038/s41586-026-1")
                .listed(DAY)
                .build();
        PaperRecord arxiv = arxiv("2602.00001", "How cells do it, at arXiv")
                .doi("10.1038/s41586-026-1")
                .listed(DAY)
                .build();
        PaperRecord huggingface = arxiv("2602.00001", "How cells do it, listed")
                .votes(7)
                .listed(DAY)
                .build();
        for (List<PaperRecord> order : List.of(
                List.of(alone, published, journal, arxiv, huggingface),
                List.of(journal, published, alone, arxiv, huggingface),
                List.of(huggingface, arxiv, published, journal, alone),
                List.of(arxiv, journal, published, alone, huggingface),
                List.of(published, journal, arxiv, alone, huggingface))) {
            service.at("2026-03-02T12:00:00Z");
            for (int twice = 0; twice < 2; twice++) {
                for (PaperRecord record : order) {
                    intake.file("of " + record.title(), Stream.of(record), n -> {});
                }
            }
            assertEquals(List.of("2602.00001"), ids(), order.toString());
            assertEquals(
                    "10.1038/s41586-026-1 | 10.1101/2026.01.01.000001\n",
                    database.rows("select doi, preprint_doi from paper"),
                    order.toString());
            for (String address : List.of("2602.00001", "doi:10.1038/s41586-026-1", "doi:10.1101/2026.01.01.000001")) {
                assertEquals(200, given().get("/papers/" + address).statusCode(), address);
            }
        }
    }

    @Test
    void twoPreprintsOfOneJournalsPaperAreTwo() {
        take(PaperRecord.titled("The first part of it")
                .id(new PaperId("doi:10.1101/1"))
                .preprint("10.1101/1")
                .doi(DOI));
        take(PaperRecord.titled("The second part of it")
                .id(new PaperId("doi:10.1101/2"))
                .preprint("10.1101/2")
                .doi(DOI));
        assertEquals(List.of("doi:10.1101/1", "doi:10.1101/2"), ids());
    }

    @Test
    void anOlderVersionThatComesAgainChangesNothing() {
        take(preprintOf("The words of the first version", 1, false));
        take(preprintOf("The words of the second version", 2, true));
        take(preprintOf("The words of the first version", 1, false));
        assertEquals("The words of the second version", paper("doi:10.1101/1").title);
        assertEquals(1, database.rows("select edition from entry").lines().count());
    }

    @Test
    void aChangeToAPaperThatIsNotKnownMakesNone() {
        take(preprintOf("The words of the second version", 2, true));
        assertEquals(List.of(), ids());
        assertEquals("", database.rows("select date from edition"));
    }

    @Test
    void aSignalAddsStarsToAKnownPaperAndListsOnlyOneThatNobodyHas() {
        String code = "https://github.com/Example/Model";
        take(arxiv("2602.00001", "A paper with code").code(code + "/").stars(10));
        PaperRecord.Builder signal = arxiv("2602.00001", "A paper with code, as others write it")
                .code(code.toLowerCase(Locale.ROOT) + ".git")
                .stars(500)
                .starsGained(40)
                .announced(PaperRecord.Announced.AGAIN);
        for (int twice = 0; twice < 2; twice++) {
            intake.file("signals", Stream.of(signal.listed(DAY.plusDays(1)).build()), n -> {});
        }
        intake.file(
                "forks",
                Stream.of(arxiv("2602.00001", "A paper with code")
                        .code("https://github.com/another/fork")
                        .stars(9_999)
                        .announced(PaperRecord.Announced.AGAIN)
                        .listed(DAY)
                        .build()),
                n -> {});
        intake.file(
                "signals",
                Stream.of(arxiv("2602.00002", "Another one")
                        .announced(PaperRecord.Announced.AGAIN)
                        .listed(DAY)
                        .build()),
                n -> {});
        assertEquals(
                "2602.00001 | A paper with code | 500 | 40\n2602.00002 | Another one | null | null\n",
                database.rows("select public_id, title, stars, stars_gained from paper order by public_id"));
        assertEquals("2026-02-20\n2026-02-20\n", database.rows("select edition from entry order by edition"));
    }

    /** No order of authority is set for these, so the first one counts. */
    @Test
    void eachFieldStaysWithWhoBroughtItAndWhatChangedIsKept() {
        for (int twice = 0; twice < 2; twice++) {
            from("arxiv", arxiv("2602.00001", "At arXiv").summary("From arXiv."));
            from(
                    "others",
                    arxiv("2602.00001", "Elsewhere").summary("Elsewhere.").organization("A lab"));
            from("others", arxiv("2602.00001", "Elsewhere").organization("A laboratory"));
        }
        from(
                "arxiv",
                arxiv("2602.00001", "At arXiv, revised").summary("From arXiv.").organization("Not theirs"));
        from("others", arxiv("2602.00001", "Elsewhere").withdrawn(true));
        assertEquals(
                "At arXiv, revised | From arXiv. | A laboratory | true\n",
                database.rows("select title, summary, organization, withdrawn from paper"));
        assertEquals(
                "others | organization | A lab\narxiv | title | At arXiv\nothers | withdrawn | false\n",
                database.rows("select distinct source, field, was from paper_change"
                                + " where field = 'organization' and was = 'A lab'")
                        + database.rows(
                                "select source, field, was from paper_change where field in ('title', 'withdrawn')"
                                        + " order by id"));
    }

    /** The tests' own source stands in the settings, so it stands above those that do not. */
    @Test
    void aSourceOfHigherAuthorityReplacesAndIsNotReplacedAgain() {
        for (int twice = 0; twice < 2; twice++) {
            from("arxiv", arxiv("2602.00001", "At arXiv").summary("From arXiv."));
            from("scripted", arxiv("2602.00001", "As listed"));
        }
        assertEquals("As listed | From arXiv.\n", database.rows("select title, summary from paper"));
        assertEquals("scripted | title | At arXiv\n", database.rows("select source, field, was from paper_change"));
    }

    private void from(String source, PaperRecord.Builder record) {
        intake.file(source, Stream.of(record.listed(DAY).build()), n -> {});
    }

    private static PaperRecord.Builder preprintOf(String title, int version, boolean update) {
        return PaperRecord.titled(title)
                .id(new PaperId("doi:10.1101/1"))
                .version(version)
                .announced(update ? PaperRecord.Announced.CHANGED : PaperRecord.Announced.NEW)
                .listed(DAY.plusDays(version));
    }

    private static PaperRecord preprint(String doi, String journals) {
        return PaperRecord.titled("How cells do it")
                .id(PaperId.doi(doi).orElseThrow())
                .doi(journals == null ? doi : journals)
                .preprint(doi)
                .listed(DAY)
                .build();
    }

    @Test
    void whatWasOneRowOnceComesApartWithTheNextListing() {
        take(PaperRecord.titled("Editorial").url("https://example.org/1"));
        database.update("update paper set own_id = null, public_id = '" + PaperId.ofTitle("Editorial") + "'");
        take(PaperRecord.titled("Editorial").url("https://example.org/2"));
        take(PaperRecord.titled("Editorial").url("https://example.org/1"));
        assertEquals(2, ids().size());
        assertEquals(
                "https://example.org/1\nhttps://example.org/2\n", database.rows("select url from paper order by url"));
    }

    /** Each paper is listed in several ways, and everything is shuffled. */
    @Test
    void inWhateverOrderRecordsComeTheRowsAreTheSame() {
        long seed = System.nanoTime();
        for (int round = 0; round < 40; round++, seed++) {
            service.at("2026-03-02T12:00:00Z");
            var random = new Random(seed);
            var expected = new HashMap<String, String>();
            List<PaperRecord> records = listings(random, expected);
            Collections.shuffle(records, random);
            for (int from = 0; from < records.size(); ) {
                int to = Math.min(records.size(), from + 1 + random.nextInt(6));
                intake.file(random.nextBoolean() ? "scripted" : "jsonl", records.subList(from, to).stream(), n -> {});
                from = to;
            }
            assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(ids()), "seed " + seed);
            for (Map.Entry<String, String> paper : expected.entrySet()) {
                assertEquals(paper.getValue(), paper(paper.getKey()).title, "seed " + seed);
            }
        }
    }

    private static List<PaperRecord> listings(Random random, Map<String, String> expected) {
        var records = new ArrayList<PaperRecord>();
        for (int n = 1; n <= 3; n++) {
            String id = "2602.0000" + n;
            String title = "An arXiv paper of number " + n;
            add(records, random, arxiv(id + "v" + n, title), PaperRecord.titled(title), arxiv(id, title));
            expected.put(id, null);
            String both = "2602.0001" + n;
            String of = "A published paper of number " + n;
            add(
                    records,
                    random,
                    arxiv(both, of).doi("10.1000/" + n),
                    PaperRecord.titled(of).doi("doi:10.1000/" + n),
                    PaperRecord.titled(of));
            expected.put(both, null);
            String shared = "2602.0002" + n;
            String part = "One of three parts, of number " + n;
            add(
                    records,
                    random,
                    arxiv(shared, part).doi(DOI),
                    PaperRecord.titled(part).doi(DOI.toUpperCase()));
            expected.put(shared, null);
            add(records, random, arxiv("2602.0003" + n, "A title that three papers have"));
            expected.put("2602.0003" + n, null);
            add(records, random, PaperRecord.titled("Editorial").url("https://example.org/" + n));
            expected.put(PaperId.ofSource("example.org/" + n, "Editorial").value(), null);
            String own = "A paper at a link of number " + n;
            add(records, random, PaperRecord.titled(own).ownName("7"), PaperRecord.titled(own));
            expected.put(PaperId.ofSource("7", own).value(), null);
        }
        add(records, random, PaperRecord.titled("A title that three papers have"));
        expected.replaceAll((id, none) -> title(records, id));
        return records;
    }

    /** The title of the records that have that very identity. */
    private static String title(List<PaperRecord> records, String id) {
        return records.stream()
                .filter(r -> r.id().value().equals(id))
                .map(PaperRecord::title)
                .findFirst()
                .orElseThrow();
    }

    private static void add(List<PaperRecord> records, Random random, PaperRecord.Builder... listings) {
        for (PaperRecord.Builder listing : listings) {
            for (int times = 1 + random.nextInt(2); times > 0; times--) {
                records.add(listing.listed(DAY.plusDays(random.nextInt(3))).build());
            }
        }
    }

    private void take(PaperRecord.Builder record) {
        intake.file("jsonl", List.of(record.listed(DAY).build()).stream(), n -> {});
    }

    private static PaperRecord.Builder arxiv(String id, String title) {
        return PaperRecord.titled(title).id(PaperId.arxiv(id).orElseThrow());
    }

    private Paper paper(String id) {
        return papers.find(new PaperId(id)).orElseThrow();
    }

    private List<String> ids() {
        return database.rows("select public_id from paper order by public_id")
                .lines()
                .toList();
    }
}
