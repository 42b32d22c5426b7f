package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of the API: what narrows them, and how they are paged. */
@QuarkusTest
class ApiTest {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        service.awaitSearch();
    }

    private void take(PaperRecord... papers) {
        assertEquals(
                List.of(),
                intake.file(ScriptedSource.NAME, Stream.of(papers), n -> {}).rejections());
    }

    private static Response get(String address) {
        Response answer = given().urlEncodingEnabled(false).get(address);
        assertEquals(200, answer.statusCode(), address + " " + answer.asString());
        return answer;
    }

    private static List<String> titles(String query) {
        return get("/api/v1/papers" + query).jsonPath().getList("papers.title");
    }

    private void takeSome() {
        take(
                paper("2603.00001", "Speech of speech", "2026-03-01", 3),
                paper("2603.00002", "Speech of machines and much else beside", "2026-03-02", 80),
                paper("2602.00004", "Diffusion", "2026-02-27", 1),
                PaperRecord.titled("Proteins")
                        .id(PaperId.arxiv("2603.00005").orElseThrow())
                        .summary("Folding.")
                        .authors(List.of("Ada Lovelace"))
                        .organization("Analytical Engines")
                        .categories(List.of("q-bio.BM"))
                        .listed(LocalDate.parse("2026-03-02"))
                        .published(Instant.parse("2026-02-28T23:59:59Z"))
                        .build());
    }

    @Test
    void papersAreNarrowedByAllThatIsAsked() {
        takeSome();
        assertEquals(
                List.of("Speech of machines and much else beside", "Speech of speech", "Proteins", "Diffusion"),
                titles(""));
        assertEquals(List.of("Speech of speech", "Speech of machines and much else beside"), titles("?q=speech"));
        assertEquals(
                List.of("Speech of machines and much else beside", "Speech of speech"),
                titles("?q=speech&order=newest"));
        assertEquals(List.of("Proteins"), titles("?author=ada+lovelace"));
        assertEquals(List.of("Proteins"), titles("?org=analytical+engines&category=q-bio.*"));
        assertEquals(List.of(), titles("?q=speech&author=ada+lovelace"));
    }

    @Test
    void papersAreNarrowedByDays() {
        takeSome();
        assertEquals(List.of("Proteins", "Diffusion"), titles("?to=2026-02-28"));
        assertEquals(List.of("Proteins"), titles("?from=2026-02-28&to=2026-02-28"));
        assertEquals(List.of("Speech of speech"), titles("?q=speech&to=2026-03-01"));
        assertEquals(List.of(), titles("?from=2026-03-03"));
        assertEquals(1, get("/api/v1/papers?q=speech&to=2026-03-01").jsonPath().getInt("total"));
    }

    /** Every title of a list, by the links to its next pages. */
    private static List<String> followed(String address, String path) {
        var titles = new ArrayList<String>();
        String next = address;
        while (next != null) {
            Response page = get(next);
            titles.addAll(page.jsonPath().getList(path));
            Matcher link = NEXT.matcher(String.valueOf(page.header("Link")));
            next = link.find() ? link.group(1) : null;
        }
        return titles;
    }

    @Test
    void theLinksLeadThroughEveryPageOnce() {
        take(IntStream.range(0, 7)
                .mapToObj(i -> paper("2603.0000" + i, "Speech " + i, "2026-03-0" + (1 + i % 2), i))
                .toArray(PaperRecord[]::new));
        for (String address : List.of(
                "/api/v1/papers?size=3",
                "/api/v1/papers?q=speech&size=1",
                "/api/v1/papers?page=0&q=speech+OR+%22a+b%22&size=7")) {
            List<String> titles = followed(address, "papers.title");
            assertEquals(7, titles.size(), address);
            assertEquals(7, Set.copyOf(titles).size(), address);
        }
        assertEquals(
                4,
                followed("/api/v1/editions/2026-03-01?size=3", "entries.paper.title")
                        .size());
        assertEquals(
                List.of("2026-03-02", "2026-03-01"),
                followed("/api/v1/editions?size=1", "editions.date").stream()
                        .filter(d -> d.compareTo("2026-03-02") <= 0)
                        .toList());
        Response middle = get("/api/v1/papers?q=speech&size=3&page=1");
        assertEquals(
                "</api/v1/papers?q=speech&size=3&page=2>; rel=\"next\","
                        + " </api/v1/papers?q=speech&size=3&page=0>; rel=\"prev\","
                        + " </api/v1/papers?q=speech&size=3&page=0>; rel=\"first\"",
                middle.header("Link"));
        assertNull(get("/api/v1/papers?q=nothing").header("Link"));
    }

    @Test
    void editionsAreListedWithHowManyPapersTheyHave() {
        takeSome();
        var editions = get("/api/v1/editions").jsonPath();
        assertEquals(2, editions.getInt("editions.find { it.date == '2026-03-02' }.papers"));
        assertTrue(editions.getBoolean("editions.find { it.date == '2026-03-02' }.closed"));
        assertEquals(editions.getInt("total"), editions.getList("editions").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "papers?q=(",
                "papers?q=",
                "papers?q=a&q=b",
                "papers?topic=none",
                "papers?author=",
                "papers?from=yesterday",
                "papers?to=2026-02-30",
                "papers?from=2026-03-02&to=2026-03-01",
                "papers?from=+999999999-01-01",
                "papers?order=random",
                "papers?size=0",
                "papers?size=101",
                "papers?page=-1",
                "papers?page=50&size=20",
                "papers?page=x",
                "editions?size=101",
                "editions?page=10000",
                "editions?page=%00",
                "editions/2026-03-01?size=501",
            })
    void whatCannotBeReadIsAProblem(String address) {
        Response answer = given().urlEncodingEnabled(false).get("/api/v1/" + address);
        assertEquals(400, answer.statusCode(), answer.asString());
        assertTrue(answer.contentType().startsWith("application/problem+json"), answer.contentType());
        assertEquals(400, answer.jsonPath().getInt("status"));
        assertFalse(answer.jsonPath().getString("detail").isBlank());
    }

    @Test
    void everyRefusalIsAProblem() {
        for (Response answer : List.of(
                given().delete("/api/v1/topics"),
                given().get("/api/v1"),
                given().get("/api/v1/editions/1990-01-01"),
                given().contentType("text/plain").body("x").post("/api/v1/forecast"),
                given().contentType("application/json").body("{").post("/api/v1/forecast"),
                given().accept("image/png").get("/api/v1/topics"))) {
            assertTrue(answer.statusCode() >= 400 && answer.statusCode() < 500, answer.statusLine());
            assertTrue(
                    answer.contentType().startsWith("application/problem+json"),
                    answer.statusLine() + " " + answer.contentType());
            assertEquals(answer.statusCode(), answer.jsonPath().getInt("status"));
        }
    }

    @Test
    void theDescriptionNamesWhatNarrowsAndWhatIsRefused() {
        var get = given().get("/q/openapi?format=json").jsonPath();
        assertEquals(
                Set.of("q", "topic", "author", "org", "category", "from", "to", "source", "order", "page", "size"),
                new TreeSet<>(get.<String>getList("paths.'/api/v1/papers'.get.parameters.name")));
        for (String path : List.of("/api/v1/papers", "/api/v1/papers/{id}", "/api/v1/editions", "/api/v1/topics")) {
            assertEquals(
                    "#/components/schemas/Problem",
                    get.getString("paths.'" + path
                            + "'.get.responses.'400'.content.'application/problem+json'.schema.'$ref'"),
                    path);
        }
        assertEquals(
                "#/components/schemas/Found",
                get.getString("paths.'/api/v1/papers'.get.responses.'200'.content.'application/json'.schema.'$ref'"));
        assertEquals(
                "array",
                get.getString("paths.'/api/v1/topics'.get.responses.'200'.content.'application/json'.schema"
                        + ".additionalProperties.type"));
    }
}
