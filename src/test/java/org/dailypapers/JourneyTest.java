package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One reader's way, from the form to being forgotten, with the mail over SMTP. */
@QuarkusTest
class JourneyTest {

    private static final String ADDRESS = "Ada.Lovelace@example.org";
    private static final String BASE = "http://localhost:8080";
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");

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
    Delivery delivery;

    private PostOffice post;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        post = new PostOffice();
    }

    @AfterEach
    void end() {
        post.close();
    }

    @Test
    void aReaderSubscribesReadsLeavesComesBackAndIsForgotten() {
        askOnTheForm();
        confirm(confirmationLink());
        papersArrive();
        PostOffice.Received digest = digestAtTheReadersHour();
        itIsACompleteListLetter(digest);
        followingItsLinksChangesNothing(digest);
        preferencesAreShownAndSaved(path(linkIn(digest.text(), "/preferences/")));
        String undo = leaveByOneClick(digest);
        theNextDayIsSilent();
        comeBack(undo);
        beForgotten();
    }

    private void askOnTheForm() {
        Response answer = form().formParam("email", ADDRESS)
                .formParam("keywords", "diffusion transformer\n\"sparse attention\"")
                .formParam("author", "Grace Hopper")
                .formParam("frequency", "daily")
                .formParam("hour", "8")
                .formParam("timezone", "Europe/Berlin")
                .formParam("size", "4")
                .formParam("fill", "on")
                .post("/subscribe");
        assertEquals(200, answer.statusCode());
        assertTrue(Jsoup.parse(answer.asString()).text().contains("Look into your mail"));
    }

    private URI confirmationLink() {
        PostOffice.Received letter = only(post.deliver(delivery));
        assertEquals(ADDRESS, letter.header("To"));
        assertEquals("auto-generated", letter.header("Auto-Submitted"));
        for (String absent : List.of("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence")) {
            assertNull(letter.header(absent), absent);
        }
        String all = letter.source() + letter.text() + letter.html();
        for (String typed : List.of("diffusion", "transformer", "sparse", "Grace", "Hopper", "Berlin")) {
            assertFalse(all.contains(typed), typed);
        }
        String link = linkIn(letter.text(), "/confirm/");
        assertTrue(letter.html().contains(link));
        return URI.create(link);
    }

    private void confirm(URI link) {
        String before = database.dump();
        Response page = given().get(path(link.toString()));
        assertEquals(200, page.statusCode());
        assertEquals(200, given().head(path(link.toString())).statusCode());
        assertEquals(before, database.dump());
        Element button = Jsoup.parse(page.asString()).selectFirst("main form[method=post]");
        assertEquals(path(link.toString()), button.attr("action"));
        assertEquals(200, given().post(button.attr("action")).statusCode());
        assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"));
        assertEquals(List.of(), post.deliver(delivery), "no edition is closed yet, so nothing can be sent");
    }

    private void papersArrive() {
        list("2603.00001", "Scalable Diffusion Transformers", "2026-03-02", 12);
        list("2603.00002", "A Paper That Everybody Votes For", "2026-03-02", 90);
        list("2603.00003", "A Paper That Nobody Knows", "2026-03-02", null);
        schedule.tick();
        assertEquals("3\n", database.rows("select count(*) from entry where edition = date '2026-03-02'"));
        given().get("/papers/2603.00001").then().statusCode(200);
    }

    private void list(String id, String title, String date, Integer votes) {
        source.list(PaperRecord.titled(title)
                .id(PaperId.arxiv(id).orElseThrow())
                .summary("We show something about " + title + ", and how it was measured.")
                .authors(List.of("Alan Turing", "Emmy Noether"))
                .organization("Analytical Engines")
                .published(Instant.parse("2026-03-01T09:00:00Z"))
                .listed(LocalDate.parse(date))
                .votes(votes)
                .comments(votes == null ? null : 3)
                .build());
    }

    private PostOffice.Received digestAtTheReadersHour() {
        clock.moveTo("2026-03-03T05:59:00Z");
        schedule.tick();
        assertEquals("0\n", database.rows("select count(*) from edition where closed_at is not null"));
        clock.moveTo("2026-03-03T06:00:00Z");
        schedule.tick();
        assertEquals("2026-03-02\n", database.rows("select date from edition where closed_at is not null"));
        clock.moveTo("2026-03-03T06:59:00Z");
        schedule.tick();
        assertEquals(List.of(), post.deliver(delivery), "it is not yet eight in Berlin");
        clock.moveTo("2026-03-03T07:00:00Z");
        schedule.tick();
        schedule.tick();
        return only(post.deliver(delivery));
    }

    private void itIsACompleteListLetter(PostOffice.Received letter) {
        assertEquals("Daily Papers <papers@localhost>", letter.header("From"));
        assertEquals(ADDRESS, letter.header("To"));
        assertEquals("Scalable Diffusion Transformers", letter.subject());
        assertTrue(letter.header("Date").endsWith("+0100"), letter.header("Date"));
        assertTrue(
                letter.header("Message-ID").matches("<digest\\.\\d+\\.\\d+@localhost>"), letter.header("Message-ID"));
        assertTrue(letter.header("List-Id").matches(".*<daily-papers\\.[a-z.]+>"), letter.header("List-Id"));
        assertTrue(letter.header("List-Unsubscribe").startsWith("<" + BASE + "/unsubscribe/"));
        assertEquals("List-Unsubscribe=One-Click", letter.header("List-Unsubscribe-Post"));
        assertTrue(letter.header("Feedback-ID").startsWith("digest:"), letter.header("Feedback-ID"));
        assertEquals("bulk", letter.header("Precedence"));
        assertEquals("auto-generated", letter.header("Auto-Submitted"));
        String text = letter.text();
        Document html = Jsoup.parse(letter.html());
        for (String both : List.of(
                "Scalable Diffusion Transformers",
                "A Paper That Everybody Votes For",
                "Alan Turing, Emmy Noether",
                "Analytical Engines",
                "1 Mar 2026",
                "12 votes",
                "90 votes",
                "3 comments",
                "We show something about Scalable Diffusion Transformers",
                "Your interest “diffusion transformer”",
                "Trending, no. 1 of its day")) {
            assertTrue(text.contains(both), both + " is not in the text:\n" + text);
            assertTrue(html.text().contains(both), both + " is not in the HTML");
        }
        assertFalse(text.contains("Nobody Knows"));
        assertFalse(html.text().contains("Nobody Knows"));
        assertTrue(text.contains("https://arxiv.org/abs/2603.00001"));
        assertEquals(
                "Scalable Diffusion Transformers",
                html.selectFirst("a[href=https://arxiv.org/abs/2603.00001]").text());
        for (String personal : List.of("/preferences/", "/unsubscribe/", "/letters/")) {
            assertEquals(
                    linkIn(text, personal),
                    html.selectFirst("a[href*=" + personal + "]").attr("href"));
        }
        assertTrue(letter.html().getBytes(StandardCharsets.UTF_8).length < 90_000);
    }

    private void followingItsLinksChangesNothing(PostOffice.Received letter) {
        Set<String> ours = new LinkedHashSet<>();
        String all = letter.text() + "\n" + letter.header("List-Unsubscribe");
        LINK.matcher(all)
                .results()
                .map(m -> m.group())
                .filter(l -> l.startsWith(BASE))
                .forEach(ours::add);
        Jsoup.parse(letter.html()).select("[href], [src]").stream()
                .map(e -> e.hasAttr("href") ? e.attr("href") : e.attr("src"))
                .filter(l -> l.startsWith(BASE))
                .forEach(ours::add);
        assertTrue(ours.size() >= 4, ours.toString());
        String before = database.dump();
        for (String link : ours) {
            assertEquals(200, given().get(path(link)).statusCode(), link);
            Response head = given().head(path(link));
            assertEquals(200, head.statusCode(), link);
            assertEquals("", head.asString(), link);
        }
        assertEquals(before, database.dump());
    }

    private void preferencesAreShownAndSaved(String page) {
        Document shown = Jsoup.parse(given().get(page).asString());
        assertEquals(
                "diffusion transformer\n\"sparse attention\"",
                shown.selectFirst("textarea[name=keywords]").wholeText().strip());
        assertEquals(
                "Grace Hopper",
                shown.selectFirst("textarea[name=author]").wholeText().strip());
        assertEquals("Europe/Berlin", shown.selectFirst("input[name=timezone]").val());
        assertEquals("4", shown.selectFirst("input[name=size]").val());
        assertTrue(shown.selectFirst("input[name=fill]").hasAttr("checked"));
        assertFalse(shown.html().contains(ADDRESS));
        Response saved = form().formParam("action", "save")
                .formParam("keywords", "world model")
                .formParam("size", "7")
                .formParam("fill", "on")
                .post(page);
        assertEquals(200, saved.statusCode());
        Document again = Jsoup.parse(given().get(page).asString());
        assertEquals(
                "world model",
                again.selectFirst("textarea[name=keywords]").wholeText().strip());
        assertEquals("", again.selectFirst("textarea[name=author]").wholeText().strip());
        assertEquals("7", again.selectFirst("input[name=size]").val());
        assertEquals(
                "8", again.selectFirst("select[name=hour] option[selected]").val());
    }

    private String leaveByOneClick(PostOffice.Received digest) {
        clock.moveTo("2026-03-03T09:00:00Z");
        String link = digest.header("List-Unsubscribe").replaceAll("[<>]", "");
        Response answer = form().formParam("List-Unsubscribe", "One-Click").post(path(link));
        assertEquals(200, answer.statusCode());
        assertNull(answer.header("Location"));
        assertNull(answer.header("Set-Cookie"));
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
        Element undo = Jsoup.parse(answer.asString()).selectFirst("main form[method=post]");
        assertEquals("undo", undo.selectFirst("input[name=action]").val());
        return undo.attr("action");
    }

    private void theNextDayIsSilent() {
        list("2603.00004", "World Models for Everybody", "2026-03-03", 5);
        schedule.tick();
        clock.moveTo("2026-03-04T07:00:00Z");
        schedule.tick();
        assertEquals("2026-03-03\n", database.rows("select max(date) from edition where closed_at is not null"));
        assertEquals(List.of(), post.deliver(delivery));
    }

    private void comeBack(String undo) {
        assertEquals(200, form().formParam("action", "undo").post(undo).statusCode());
        assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"));
        schedule.tick();
        PostOffice.Received digest = only(post.deliver(delivery));
        assertEquals("World Models for Everybody", digest.subject());
        assertFalse(digest.text().contains("Everybody Votes For"), "what was in a letter comes in no other");
    }

    private void beForgotten() {
        assertEquals(200, form().formParam("email", ADDRESS).post("/link").statusCode());
        PostOffice.Received letter = only(post.deliver(delivery));
        String link = path(linkIn(letter.text(), "/preferences/"));
        assertTrue(given().get(link).asString().contains(ADDRESS));
        Response export = form().formParam("action", "export").post(link);
        assertEquals(200, export.statusCode());
        assertEquals(ADDRESS, export.jsonPath().getString("email"));
        assertEquals(2, export.jsonPath().getList("digests").size());
        assertNotEquals("", database.rows("select * from digest"));
        assertEquals(200, form().formParam("action", "erase").post(link).statusCode());
        String after = database.dump();
        assertFalse(after.toLowerCase(java.util.Locale.ROOT).contains("lovelace"), after);
        for (String table : List.of("subscriber", "consent", "request", "reader", "digest", "message")) {
            assertEquals("0\n", database.rows("select count(*) from " + table), table);
        }
        assertEquals(404, given().get(link).statusCode());
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private static PostOffice.Received only(List<PostOffice.Received> letters) {
        assertEquals(1, letters.size());
        return letters.getFirst();
    }

    private static String linkIn(String text, String part) {
        return LINK.matcher(text)
                .results()
                .map(m -> m.group())
                .filter(l -> l.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no link to " + part + " in\n" + text));
    }

    private static String path(String link) {
        return link.startsWith("http") ? URI.create(link).getRawPath() : link;
    }
}
