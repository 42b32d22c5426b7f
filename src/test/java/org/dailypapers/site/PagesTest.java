package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PagesTest {

    private static final List<String> PAYLOADS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'><svg/onload=alert(1)>",
            "</title></textarea></style><script>alert(1)</script>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "{7*7} {inject:clock} {config:quarkus.datasource.jdbc.url} ${7*7} #{7*7} {#let x=1}{/let} {|x|} {! gone !}",
            "]]> <!-- --> &lt;b&gt; &amp;amp;",
            "\u202egnp.exe \u200b");

    /** What is shown of them: HTML's characters are read when papers come in, and written again on every page. */
    private static final List<String> AS_READ = PAYLOADS.stream()
            .map(p -> p.replace("&lt;b&gt;", "<b>").replace("&amp;amp;", "&"))
            .toList();

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    LinkTokens tokens;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private static PaperRecord.Builder paper(String id, String title, String listed, Integer votes) {
        return PaperRecord.titled(title)
                .id(PaperId.arxiv(id).orElseThrow())
                .summary("About " + title)
                .listed(LocalDate.parse(listed))
                .votes(votes);
    }

    private void take(PaperRecord.Builder... papers) {
        var report = intake.file(ScriptedSource.NAME, Stream.of(papers).map(PaperRecord.Builder::build), n -> {});
        assertEquals(List.of(), report.rejections());
    }

    private static Document page(String address) {
        Response answer = given().get(address);
        assertEquals(200, answer.statusCode(), address);
        assertEquals("text/html;charset=UTF-8", answer.contentType().replace(" ", ""));
        return Jsoup.parse(answer.asString());
    }

    private static List<String> titles(Document page) {
        return page.select("ul.papers h3, ol.papers h3").eachText();
    }

    @Test
    void anEditionShowsVotedPapersByRankAndThenTheRest() {
        take(
                paper("2603.00001", "Few votes", "2026-03-02", 3),
                paper("2603.00002", "Many votes", "2026-03-02", 80),
                paper("2603.00003", "No votes", "2026-03-02", null),
                paper("2602.00004", "Day before", "2026-02-27", 1),
                paper("2601.00005", "Weeks before", "2026-02-10", 9));
        Document home = page("/");
        assertEquals(List.of("Many votes", "Few votes", "No votes"), titles(home));
        assertNotNull(home.selectFirst("aside.banner form[action=/subscribe][method=post] input[name=email]"));
        assertEquals("/papers?date=2026-02-27", home.selectFirst("a[rel=prev]").attr("href"));
        assertNull(home.selectFirst("a[rel=next]"));
        Document before = page("/papers?date=2026-02-27");
        assertEquals(List.of("Day before"), titles(before));
        assertEquals(
                "/papers?date=2026-03-02", before.selectFirst("a[rel=next]").attr("href"));
        assertEquals(
                List.of("Many votes", "Few votes", "Day before", "No votes"),
                titles(page("/papers?date=2026-03-02&period=week")));
        assertEquals(
                List.of("Many votes", "Weeks before", "Few votes", "Day before", "No votes"),
                titles(page("/papers?date=2026-03-02&period=month")));
    }

    @Test
    void theEditionsPageFollowsItsPapers() {
        take(paper("2603.00001", "One", "2026-03-03", 3), paper("2603.00002", "Another", "2026-03-03", 80));
        assertEquals(List.of("Another", "One"), titles(page("/")));
        clock.move(Duration.ofMinutes(1));
        take(paper("2603.00001", "One", "2026-03-03", 100));
        assertEquals(List.of("One", "Another"), titles(page("/")));
        take(paper("2603.00003", "A third", "2026-03-03", 90));
        assertEquals(List.of("One", "A third", "Another"), titles(page("/")));
    }

    @Test
    void anEditionWithoutPapersIsAPageToo() {
        assertEquals(List.of(), titles(page("/")));
        for (String date : List.of("2026-03-01", "2026-03-03", "2026-03-04", "2024-02-29", "1991-01-01")) {
            assertEquals(List.of(), titles(page("/papers?date=" + date)), date);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date=yesterday",
                "date=2026-02-29",
                "date=2026-13-01",
                "date=2026-03-05",
                "date=1990-12-31",
                "date=9999999999-01-01",
                "date=-0001-01-01",
                "date=2026-3-1",
                "date=%00",
                "period=year",
                "q=agents&page=51",
                "q=agents&page=0",
                "date=2026-03-03&page=0",
                "date=2026-03-03&page=x",
                "q=agents&page=-1",
                "q=agents&page=x",
            })
    void whatCannotBeIs400(String query) {
        Response answer = given().urlEncodingEnabled(false).get("/papers?" + query);
        assertEquals(400, answer.statusCode());
        assertTrue(answer.contentType().startsWith("text/html"), answer.contentType());
    }

    @Test
    void papersAreFoundInTheLanguageOfInterests() {
        take(
                paper("2603.00001", "Diffusion models for speech", "2026-03-02", 3),
                paper("2603.00002", "Surveying speech", "2026-03-02", 3),
                paper("2603.00003", "Vision", "2026-02-02", 3));
        assertEquals(List.of("Diffusion models for speech"), titles(page("/papers?q=diffusion model")));
        assertEquals(List.of("Diffusion models for speech"), titles(page("/papers?q=speech -survey")));
        assertEquals(2, titles(page("/papers?q=title:speech")).size());
        assertEquals(List.of(), titles(page("/papers?q=nothingofthekind")));
        assertNotNull(page("/papers?q=").selectFirst("form.wide"), "what the language of interests can do");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "\"",
                "-only",
                "titel:x",
                "*",
                "!",
                "^9",
                "a^99",
                "\u0000",
                "?",
                "<script>alert(1)</script>("
            })
    void aQueryThatCannotBeReadIsToldAndKept(String query) {
        Response answer = given().queryParam("q", query).get("/papers");
        assertTrue(answer.statusCode() == 200 || answer.statusCode() == 400, "" + answer.statusCode());
        Document found = Jsoup.parse(answer.asString());
        isHarmless(found);
        assertEquals(
                query.replace("\u0000", "\ufffd"),
                found.selectFirst("form.wide input[name=q]").val());
        assertNotNull(found.getElementById("fault-q"));
    }

    @Test
    void aPaperHasAPageByEachOfItsNames() {
        take(
                paper("2603.00001v3", "New style", "2026-03-02", 3),
                paper("hep-th/9901001", "Old style", "2026-03-02", null),
                PaperRecord.titled("By its DOI").doi("10.1000/XYZ(1)?a#b%20c").listed(LocalDate.parse("2026-03-02")),
                PaperRecord.titled("By its title alone").listed(LocalDate.parse("2026-03-02")));
        for (String id : List.of("2603.00001", "2603.00001v2", "arXiv:2603.00001")) {
            assertEquals("New style", page("/papers/" + id).selectFirst("h1").text());
        }
        assertEquals(
                "Old style", page("/papers/hep-th/9901001").selectFirst("h1").text());
        Document old = page("/papers/hep-th/9901001");
        assertNotNull(old.selectFirst("a[href=https://arxiv.org/abs/hep-th/9901001]"));
        Document edition = page("/papers?date=2026-03-02");
        for (Element link : edition.select(".papers h3 a")) {
            Response answer = given().urlEncodingEnabled(false).get(link.attr("href"));
            assertEquals(200, answer.statusCode(), link.attr("href"));
            assertEquals(
                    link.text(),
                    Jsoup.parse(answer.asString()).selectFirst("h1").text());
        }
        assertEquals(4, edition.select(".papers h3 a").size());
    }

    @Test
    void whatIsNotThereIsAPageThatSaysSo() {
        for (String address : List.of(
                "/papers/2603.99999", "/papers/nonsense", "/topics/nonsense", "/confirm/x", "/nothing", "/a/b/c")) {
            Response answer = given().get(address);
            assertEquals(404, answer.statusCode(), address);
            assertTrue(answer.contentType().startsWith("text/html"), address);
            isHarmless(Jsoup.parse(answer.asString()));
            assertTrue(Jsoup.parse(answer.asString()).text().contains("There is nothing at this address"), address);
        }
    }

    @Test
    void topicsAreListedAndEachHasItsPapers() {
        take(paper("2603.00001", "Chain of thought reasoning in language models", "2026-03-02", 3));
        List<String> links = page("/topics").select("main a[href^=/topics/]").eachAttr("href");
        assertTrue(links.size() > 20, links.toString());
        for (String link : links) {
            page(link);
        }
        assertEquals(List.of("Chain of thought reasoning in language models"), titles(page("/topics/reasoning")));
    }

    private long reader(String... interests) {
        return imports.bringIn(
                        EmailAddress.parse("ada@example.org").orElseThrow(),
                        new Preferences(
                                org.dailypapers.subscriber.preference.Frequency.DAILY,
                                java.time.DayOfWeek.MONDAY,
                                8,
                                ZoneId.of("UTC"),
                                50,
                                true,
                                0,
                                List.of(interests)),
                        Consent.CONFIRMED,
                        clock.instant(),
                        null)
                .id;
    }

    private PostOffice.Received letter(LocalDate edition) {
        assertEquals(1, composer.composeByHand(edition, null, n -> {}).queued());
        try (var post = new PostOffice()) {
            List<PostOffice.Received> letters = post.deliver(delivery);
            assertEquals(1, letters.size());
            return letters.getFirst();
        }
    }

    @Test
    void aSentLetterIsAPageWithoutAnybodysLinks() {
        take(paper("2603.00001", "Speech", "2026-03-02", 3));
        long reader = reader("speech");
        PostOffice.Received letter = letter(LocalDate.parse("2026-03-02"));
        String link =
                Jsoup.parse(letter.html()).selectFirst("a[href*=/letters/]").attr("href");
        Response answer = given().get(URI.create(link).getRawPath());
        assertEquals(200, answer.statusCode());
        Document web = Jsoup.parse(answer.asString());
        assertTrue(web.text().contains("Speech"));
        assertEquals(List.of(), web.select("a[href*=/preferences/], a[href*=/unsubscribe/], a[href*=/letters/]"));
        assertFalse(answer.asString().contains("ada@example.org"));
        assertEquals("noindex", answer.header("X-Robots-Tag"));
        assertTrue(answer.header("Content-Security-Policy").contains("frame-ancestors 'none'"));
        subscriptions.erase(reader);
        given().get(URI.create(link).getRawPath()).then().statusCode(404);
    }

    private List<String> routes(long reader) {
        return List.of(
                "/",
                "/papers",
                "/papers?date=2026-03-02",
                "/papers?date=nonsense",
                "/papers?q=speech",
                "/papers/2603.00001",
                "/papers/2603.99999",
                "/papers/2603.00001.bib",
                "/papers.bib",
                "/feed.atom",
                "/feed.json?q=speech",
                "/feed.atom?q=(",
                "/feeds/x.atom",
                "/robots.txt",
                "/sitemap.xml",
                "/sitemaps/pages.xml",
                "/topics",
                "/topics/reasoning",
                "/subscribe",
                "/confirm/x",
                "/preferences/x",
                "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader),
                "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, reader, Instant.EPOCH),
                "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader),
                "/letters/x",
                "/nothing/at/all",
                "/favicon.svg",
                "/style/site.css",
                "/api/v1/topics",
                "/api/v1/papers",
                "/api/v1/papers/2603.00001",
                "/q/health",
                "/q/metrics",
                "/q/openapi");
    }

    @Test
    void everyRouteTellsTheBrowserToTrustNothing() {
        take(paper("2603.00001", "Speech", "2026-03-02", 3));
        for (String route : routes(reader("speech"))) {
            for (Response answer : List.of(given().get(route), given().head(route))) {
                String policy = answer.header("Content-Security-Policy");
                assertTrue(policy != null && policy.contains("default-src 'none'"), route + ": " + policy);
                assertTrue(policy.contains("frame-ancestors 'none'"), route);
                assertFalse(policy.replace("script-src 'self';", "").contains("script-src"), route);
                assertFalse(policy.contains("unsafe-eval"), route);
                assertEquals("nosniff", answer.header("X-Content-Type-Options"), route);
                assertEquals("no-referrer", answer.header("Referrer-Policy"), route);
                assertNull(answer.header("Set-Cookie"), route);
            }
        }
    }

    @Test
    void aFormOfAnotherSiteIsRefused() {
        long reader = reader("speech");
        String before = database.dump();
        List<String> posts = List.of(
                "/subscribe", "/link", "/preferences/" + tokens.issue(TokenPurpose.PRIVATE, reader), "/confirm/x");
        for (String route : posts) {
            for (String origin : List.of(
                    "https://evil.example", "http://localhost:8080.evil.example", "http://localhost", "junk:%")) {
                form().header("Origin", origin)
                        .formParam("email", "eve@example.org")
                        .formParam("action", "erase")
                        .post(route)
                        .then()
                        .statusCode(403);
            }
            form().header("Origin", "null")
                    .header("Sec-Fetch-Site", "cross-site")
                    .formParam("email", "eve@example.org")
                    .post(route)
                    .then()
                    .statusCode(403);
        }
        assertEquals(before, database.dump());
        for (String origin : List.of("http://localhost:8080", "null")) {
            form().header("Origin", origin)
                    .formParam("email", "eve@example.org")
                    .post("/subscribe")
                    .then()
                    .statusCode(200);
        }
    }

    private static void isHarmless(Document page) {
        page.select("script[src^=/script/]").forEach(ours -> {
            assertEquals("", ours.data());
            ours.remove();
        });
        page.select("figure.score svg").forEach(ours -> {
            assertEquals(List.of(), ours.select("> :not(rect)"));
            ours.remove();
        });
        assertEquals(
                List.of(),
                page.select("script, iframe, object, embed, base, svg, img[src=x], meta[http-equiv=refresh]"));
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertFalse(attribute.getKey().startsWith("on"), element.outerHtml());
                String value = attribute.getValue().strip().toLowerCase(java.util.Locale.ROOT);
                assertFalse(
                        List.of("href", "src", "action", "formaction").contains(attribute.getKey())
                                && !value.matches("(?s)(https?:/|/|#|data:image/).*"),
                        element.outerHtml());
            }
        }
    }

    private void takeHostile() {
        var papers = new ArrayList<PaperRecord.Builder>();
        int n = 0;
        for (String payload : PAYLOADS) {
            n++;
            papers.add(paper("2603.0010" + n, payload + " robots", "2026-03-02", n % 2 == 0 ? null : n)
                    .summary("Abstract " + payload)
                    .authors(List.of("Author " + payload, payload))
                    .organization("Org " + payload)
                    .keywords(List.of(payload, "\" onclick=alert(1) x=\""))
                    .categories(List.of("cs.AI", payload))
                    .note("Note " + payload)
                    .code("javascript:alert(1)")
                    .project("https://example.org/\"onmouseover=alert(1)")
                    .url("data:text/html,<script>alert(1)</script>"));
        }
        take(papers.toArray(PaperRecord.Builder[]::new));
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    @Test
    void whatIsHostileIsTextOnEveryPage() {
        takeHostile();
        for (String address : List.of("/", "/papers?period=week", "/papers?q=robots")) {
            Document page = page(address);
            isHarmless(page);
            String all = squeezed(page.wholeText());
            for (String payload : AS_READ) {
                assertTrue(all.contains(squeezed(payload + " robots")), address + ": " + payload);
                assertTrue(all.contains(squeezed("Abstract " + payload)), address + ": " + payload);
                assertTrue(all.contains(squeezed("Org " + payload)), address + ": " + payload);
            }
        }
        for (int n = 1; n <= PAYLOADS.size(); n++) {
            Document page = page("/papers/2603.0010" + n);
            isHarmless(page);
            String payload = AS_READ.get(n - 1);
            String all = squeezed(page.wholeText());
            for (String before : List.of("Abstract ", "Author ", "Org ", "Note ")) {
                assertTrue(all.contains(squeezed(before + payload)), before + payload);
            }
            assertTrue(squeezed(page.selectFirst("title").wholeText()).startsWith(squeezed(payload)), page.title());
        }
    }

    @Test
    void whatIsHostileIsTextInTheLetter() {
        takeHostile();
        var interests = new ArrayList<>(List.of("robots"));
        reader(interests.toArray(String[]::new));
        PostOffice.Received letter = letter(LocalDate.parse("2026-03-02"));
        Document html = Jsoup.parse(letter.html());
        isHarmless(html);
        String shown = squeezed(html.wholeText());
        String text = squeezed(letter.text());
        for (String payload : AS_READ) {
            for (String before : List.of("", "Abstract ", "Author ", "Org ")) {
                assertTrue(shown.contains(squeezed(before + payload)), before + payload);
                assertTrue(text.contains(squeezed(before + payload)), before + payload);
            }
        }
        String link = html.selectFirst("a[href*=/letters/]").attr("href");
        isHarmless(Jsoup.parse(given().get(URI.create(link).getRawPath()).asString()));
    }

    @Test
    void whatAVisitorTypesComesBackAsText() {
        take(paper("2603.00001", "alert robots", "2026-03-02", 3));
        String preferences = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader("robots"));
        for (String payload : PAYLOADS) {
            for (String route : List.of("/subscribe", preferences)) {
                for (String action : List.of("preview", "save")) {
                    var fields = new LinkedHashMap<String, String>();
                    fields.put("email", "x" + payload);
                    fields.put("keywords", payload + "\nrobots");
                    fields.put("author", payload);
                    fields.put("timezone", payload);
                    fields.put("size", payload);
                    fields.put("topic", payload);
                    fields.put("action", action);
                    Response answer = form().formParams(fields).post(route);
                    assertEquals(400, answer.statusCode());
                    Document page = Jsoup.parse(answer.asString());
                    isHarmless(page);
                    assertEquals(
                            payload + "\nrobots",
                            page.selectFirst("textarea[name=keywords]")
                                    .wholeText()
                                    .replaceFirst("^\n", ""));
                    assertEquals(
                            payload, page.selectFirst("input[name=timezone]").val());
                }
            }
            Response search = given().queryParam("q", payload).get("/papers");
            isHarmless(Jsoup.parse(search.asString()));
        }
    }

    @Test
    void interestsAreTextInPreviewAndLetter() {
        take(paper("2603.00001", "script alert 7 robots", "2026-03-02", 3));
        String interest = "\"<script>alert\" OR \"{7*7} ]]> ${7}\" OR \"<b onclick=x>robots\" OR robots";
        Response preview = form().formParam("keywords", interest)
                .formParam("action", "preview")
                .post("/subscribe");
        assertEquals(200, preview.statusCode());
        Document page = Jsoup.parse(preview.asString());
        isHarmless(page);
        assertTrue(page.selectFirst(".why").wholeText().contains(interest));
        reader(interest);
        PostOffice.Received letter = letter(LocalDate.parse("2026-03-02"));
        Document html = Jsoup.parse(letter.html());
        isHarmless(html);
        assertTrue(html.wholeText().contains(interest));
        assertTrue(squeezed(letter.text()).contains(interest));
    }

    @Test
    void theApiAnswersInJson() {
        take(
                paper("2603.00001", "Speech", "2026-03-02", 3)
                        .authors(List.of("Ada Lovelace"))
                        .published(Instant.parse("2026-03-01T00:00:00Z")),
                paper("hep-th/9901001", "Strings", "2026-03-02", null));
        var paper = given().get("/api/v1/papers/2603.00001")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals("2603.00001", paper.getString("id"));
        assertEquals("Speech", paper.getString("title"));
        assertEquals(3, paper.getInt("votes"));
        assertEquals("2026-03-01T00:00:00Z", paper.getString("published"));
        assertEquals("2026-03-02", paper.getString("edition"));
        assertEquals(
                "Strings",
                given().get("/api/v1/papers/hep-th/9901001").jsonPath().getString("title"));
        var edition = given().get("/api/v1/editions/2026-03-02")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertTrue(edition.getBoolean("closed"));
        assertEquals(List.of("Speech", "Strings"), edition.getList("entries.paper.title"));
        assertEquals(List.of(1, 2), edition.getList("entries.rank"));
        var found = given().get("/api/v1/papers?q=speech&size=1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertEquals(1, found.getInt("total"));
        assertEquals(List.of("Speech"), found.getList("papers.title"));
        Map<String, List<Map<String, Object>>> topics = given().get("/api/v1/topics")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getMap("");
        assertTrue(topics.size() > 2);
    }

    @Test
    void theApisErrorsAreProblems() {
        Map<String, Integer> wrong = new LinkedHashMap<>();
        wrong.put("/api/v1/papers?q=", 400);
        wrong.put("/api/v1/papers?q=(", 400);
        wrong.put("/api/v1/papers?q=x&size=0", 400);
        wrong.put("/api/v1/papers?q=x&size=101", 400);
        wrong.put("/api/v1/papers?q=x&page=-1", 400);
        wrong.put("/api/v1/papers?q=x&page=2147483647&size=100", 400);
        wrong.put("/api/v1/papers?q=x&page=nonsense", 400);
        wrong.put("/api/v1/papers/2603.99999", 404);
        wrong.put("/api/v1/papers/nonsense", 404);
        wrong.put("/api/v1/editions/yesterday", 400);
        wrong.put("/api/v1/editions/2026-02-29", 400);
        wrong.put("/api/v1/editions/+999999999-12-31", 404);
        wrong.put("/api/v1/editions/-999999999-01-01", 404);
        wrong.put("/api/v1/editions/+6000000-01-01", 404);
        wrong.put("/api/v1/nothing", 404);
        wrong.forEach((address, status) -> {
            Response answer = given().get(address);
            assertEquals(status, answer.statusCode(), address);
            assertTrue(answer.contentType().startsWith("application/problem+json"), address + answer.contentType());
            assertEquals(status, answer.jsonPath().getInt("status"), address);
            assertFalse(answer.jsonPath().getString("detail").isBlank(), address);
        });
        assertEquals(405, given().delete("/api/v1/topics").statusCode());
    }

    @Test
    void aBodyThatIsTooBigIs413() {
        form().formParam("email", "ada@example.org")
                .formParam("keywords", "x".repeat(600_000))
                .post("/subscribe")
                .then()
                .statusCode(413);
        form().formParam("email", "ada@example.org")
                .formParam("keywords", "x".repeat(100_000))
                .post("/subscribe")
                .then()
                .statusCode(413);
        assertEquals("0\n", database.rows("select count(*) from subscriber"));
        given().get("/").then().statusCode(200);
    }
}
