package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dailypapers.Browser;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SubscribePagesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    SuppressionList suppressions;

    @Inject
    Delivery delivery;

    @Inject
    SessionFactory sessions;

    @Inject
    LinkTokens tokens;

    @BeforeEach
    void begin() {
        service.at(BEGIN.toString());
        service.awaitSearch();
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private static Response ask(String email) {
        return form().formParam("email", email).post("/subscribe");
    }

    private int queued() {
        return Integer.parseInt(database.rows("select count(*) from message").strip());
    }

    private int askAfter(Duration sinceBegin) {
        clock.moveTo(BEGIN.plus(sinceBegin));
        assertEquals(200, ask("ada@example.org").statusCode());
        return queued();
    }

    private Subscriber reader(String email, Consent consent, LocalDate pause) {
        return imports.bringIn(
                EmailAddress.parse(email).orElseThrow(),
                Preferences.standard(ZoneId.of("UTC")),
                consent,
                clock.instant(),
                pause);
    }

    private static String seen(Response answer) {
        return answer.statusCode() + "\n"
                + answer.headers().asList().stream()
                        .filter(h -> !h.hasSameNameAs(new Header("Date", "")))
                        .filter(h -> !h.hasSameNameAs(new Header("Content-Length", "")))
                        .map(Header::toString)
                        .sorted()
                        .collect(Collectors.joining("\n"))
                + "\n\n" + answer.asString();
    }

    /** What whoever typed the address sees, but for the address. */
    private static String seen(String route, String email) {
        String seen = seen(form().formParam("email", email).post(route));
        assertTrue(seen.contains(email), "the address is named");
        return seen.replace(email, "ADDRESS");
    }

    @Test
    void theAnswerIsTheSameForEveryStateOfAnAddress() {
        reader("confirmed@example.org", Consent.CONFIRMED, null);
        reader("paused@example.org", Consent.CONFIRMED, LocalDate.parse("2026-06-01"));
        reader("withdrawn@example.org", Consent.WITHDRAWN, null);
        reader("suppressed@example.org", Consent.CONFIRMED, null);
        suppressions.add("suppressed@example.org", "550 5.1.1 no such user");
        suppressions.add("new-and-suppressed@example.org", "550 5.1.1 no such user");
        ask("pending@example.org");
        clock.move(Duration.ofHours(1));
        for (String route : List.of("/subscribe", "/link")) {
            String expected = seen(route, "new" + route.length() + "@example.org");
            assertTrue(expected.startsWith("200\n"), expected);
            for (String state : List.of(
                    "pending", "confirmed", "paused", "withdrawn", "suppressed", "new-and-suppressed", "pending")) {
                assertEquals(expected, seen(route, state + "@example.org"), state);
            }
        }
    }

    @Test
    void lettersToOneAddressAreAQuarterOfAnHourApart() {
        assertEquals(1, askAfter(Duration.ZERO));
        assertEquals(1, askAfter(Duration.ofMinutes(15).minusSeconds(1)));
        assertEquals(2, askAfter(Duration.ofMinutes(15)));
    }

    @Test
    void oneAddressGetsThreeLettersInADayAndFiveInAMonth() {
        int last = 0;
        for (int minute = 0; minute < 24 * 60; minute += 15) {
            last = askAfter(Duration.ofMinutes(minute));
        }
        assertEquals(3, last);
        for (int hour = 24; hour < 30 * 24; hour += 2) {
            last = askAfter(Duration.ofHours(hour));
        }
        assertEquals(5, last);
        assertEquals(6, askAfter(Duration.ofDays(30).plusMinutes(1)));
    }

    @Test
    void linksToThePreferencesHaveTheSameLimitsOfTheirOwn() {
        reader("ada@example.org", Consent.CONFIRMED, null);
        for (int i = 0; i < 12; i++) {
            clock.move(Duration.ofMinutes(20));
            form().formParam("email", "ada@example.org").post("/link").then().statusCode(200);
            ask("ADA@example.org");
        }
        assertEquals(
                "CHANGE | 3\nLINK | 3\n",
                database.rows("select kind, count(*) from request group by kind order by kind"));
        assertEquals(6, queued());
    }

    @Test
    void aLinkIsMailedToConfirmedReadersAlone() {
        reader("withdrawn@example.org", Consent.WITHDRAWN, null);
        for (String email : List.of("nobody@example.org", "withdrawn@example.org")) {
            form().formParam("email", email).post("/link").then().statusCode(200);
        }
        assertEquals(0, queued());
        form().formParam("email", "nonsense").post("/link").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "email, not an address",
        "timezone, Mars/Olympus",
        "hour, 25",
        "size, 51",
        "size, many",
        "frequency, hourly",
        "weekday, 8",
        "min-votes, -1",
        "keywords, (open bracket",
        "author, ???",
        "topic, no-such-topic",
    })
    void aFaultStandsBesideItsFieldAndWhatWasTypedIsKept(String field, String value) {
        var typed = new LinkedHashMap<String, String>();
        typed.put("email", "ada@example.org");
        typed.put("keywords", "fine words <b>&amp;\n\"and a phrase\"");
        typed.put("author", "Grace Hopper");
        typed.put("timezone", "Europe/Paris");
        typed.put("size", "17");
        typed.put("min-votes", "3");
        typed.put("frequency", "weekly");
        typed.put("weekday", "5");
        typed.put("hour", "21");
        typed.put(field, value);
        var request = form();
        typed.forEach(request::formParam);
        Response answer = request.post("/subscribe");
        assertEquals(400, answer.statusCode());
        Document page = Jsoup.parse(answer.asString());
        assertEquals(List.of("fault-" + field), page.select(".fault").eachAttr("id"));
        assertNotNull(page.selectFirst("[aria-describedby~=fault-" + field + "]"));
        assertEquals(
                typed.get("email"),
                page.selectFirst("form.sheet input[name=email]").val());
        assertEquals(
                typed.get("keywords"),
                page.selectFirst("textarea[name=keywords]").wholeText().replaceFirst("^\n", ""));
        assertEquals(
                typed.get("author"),
                page.selectFirst("textarea[name=author]").wholeText().replaceFirst("^\n", ""));
        for (String name : List.of("timezone", "size", "min-votes")) {
            assertEquals(
                    typed.get(name),
                    page.selectFirst("input[name=" + name + "]").val(),
                    name);
        }
        for (String name : List.of("frequency", "weekday", "hour")) {
            if (!name.equals(field)) {
                assertEquals(
                        typed.get(name),
                        page.selectFirst("select[name=" + name + "] option[selected]")
                                .val());
            }
        }
        assertEquals("0\n", database.rows("select count(*) from subscriber"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "<ada@example.org>", "ada@example.org\r\nBcc: eve@example.org", "\"a b\"@example.org"
            })
    void whatIsNoAddressIsRefused(String email) {
        assertEquals(400, ask(email).statusCode());
        assertEquals(400, form().post("/subscribe").statusCode());
        assertEquals(0, queued());
    }

    @Test
    void whatCannotBeSeenInAnAddressIsTakenAwayAndWhatIsLeftIsNamed() {
        reader("grace@example.org", Consent.CONFIRMED, null);
        assertEquals(200, ask("\u00a0\u200bada\u2060@example.org\ufeff\u3000").statusCode());
        assertEquals(
                "ada@example.org | ada@example.org\n",
                database.rows("select email, email_key from subscriber where consent = 'PENDING'"));
        form().formParam("email", "\u200egrace@exam\u00adple.org").post("/link");
        assertEquals(
                "LINK | 1\n", database.rows("select kind, count(*) from request where kind = 'LINK' group by kind"));
        for (String route : List.of("/subscribe", "/link")) {
            Response answer = form().formParam("email", "a\u00a0da@example.org").post(route);
            assertEquals(400, answer.statusCode());
            assertTrue(
                    Jsoup.parse(answer.asString()).select(".fault").text().contains("There is a U+00A0 within it."),
                    answer.asString());
        }
    }

    @Test
    void aPreviewChangesNothingAndAsksForNoAddress() {
        String before = database.dump();
        Response answer = form().formParam("keywords", "agents")
                .formParam("action", "preview")
                .post("/subscribe");
        assertEquals(200, answer.statusCode());
        assertNotNull(Jsoup.parse(answer.asString()).getElementById("preview"));
        assertEquals(before, database.dump());
    }

    @Test
    void theAddressAloneIsEnoughAndEverythingElseHasItsDefault() {
        ask("ada@example.org");
        confirm(1);
        assertEquals(
                Preferences.standard(ZoneId.of("UTC")),
                subscriptions
                        .find(EmailAddress.parse("ada@example.org").orElseThrow())
                        .orElseThrow()
                        .preferences());
    }

    @Test
    void anEmptyBoxOnTheWholeFormMeansNo() {
        form().formParam("email", "ada@example.org")
                .formParam("frequency", "daily")
                .formParam("hour", "8")
                .post("/subscribe");
        confirm(1);
        assertEquals("false\n", database.rows("select fill from subscriber"));
    }

    private List<PostOffice.Received> letters() {
        try (var post = new PostOffice()) {
            return post.deliver(delivery);
        }
    }

    private String confirm(int expected) {
        List<PostOffice.Received> letters = letters();
        assertEquals(expected, letters.size());
        String link = link(letters.getLast());
        assertEquals(200, form().post(link).statusCode());
        return link;
    }

    private static String link(PostOffice.Received letter) {
        var found = Pattern.compile("http\\S*/confirm/\\S+").matcher(letter.text());
        assertTrue(found.find(), letter.text());
        return URI.create(found.group()).getRawPath();
    }

    @Test
    void whatIsPostedForAConfirmedReaderTakesEffectByThatMailsLinkAlone() {
        reader("ada@example.org", Consent.CONFIRMED, null);
        clock.move(Duration.ofDays(1));
        String before = database.rows("select * from subscriber");
        form().formParam("email", "ada@example.org")
                .formParam("keywords", "hostile takeover")
                .formParam("frequency", "weekly")
                .formParam("hour", "3")
                .post("/subscribe")
                .then()
                .statusCode(200);
        assertEquals(before, database.rows("select * from subscriber"));
        PostOffice.Received letter = letters().getFirst();
        assertFalse((letter.source() + letter.text() + letter.html()).contains("hostile"));
        assertTrue(letter.text().contains("/preferences/"));
        String link = link(letter);
        given().get(link).then().statusCode(200);
        assertEquals(before, database.rows("select * from subscriber"));
        form().post(link).then().statusCode(200);
        Preferences changed = subscriptions
                .find(EmailAddress.parse("ada@example.org").orElseThrow())
                .orElseThrow()
                .preferences();
        assertEquals(List.of("hostile takeover"), changed.interests());
        assertEquals(3, changed.hour());
        String after = database.rows("select * from subscriber");
        form().post(link).then().statusCode(200);
        assertEquals(after, database.rows("select * from subscriber"), "a second press changes nothing");
    }

    private static Response post(String keywords) {
        return form().formParam("email", "ada@example.org")
                .formParam("keywords", keywords)
                .post("/subscribe");
    }

    private List<String> interests() {
        return subscriptions
                .find(EmailAddress.parse("ada@example.org").orElseThrow())
                .orElseThrow()
                .preferences()
                .interests();
    }

    private static Document button(String link) {
        return Jsoup.parse(given().get(link).then().statusCode(200).extract().asString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofTheFormSentTwiceTheSecondCountsByTheOneLetter(boolean confirmed) {
        if (confirmed) {
            reader("ada@example.org", Consent.CONFIRMED, null);
        }
        String first = seen(post("dense retreival"));
        String link = link(letters().getFirst());
        clock.move(Duration.ofMinutes(2));
        assertEquals(first, seen(post("dense retrieval <b>")));
        assertEquals(1, queued());
        Document page = button(link);
        assertTrue(page.select("dd").eachText().contains("dense retrieval <b>"), page.html());
        assertFalse(page.text().contains("retreival"));
        assertEquals(0, page.select("main b").size());
        assertEquals(200, form().post(link).statusCode());
        assertEquals(List.of("dense retrieval <b>"), interests());
    }

    @Test
    void everyLinkThatWasMailedStandsForTheNewestChoice() {
        post("first");
        clock.move(Duration.ofMinutes(20));
        post("second");
        List<PostOffice.Received> letters = letters();
        assertEquals(2, letters.size());
        assertEquals(200, form().post(link(letters.getFirst())).statusCode());
        assertEquals(List.of("second"), interests());
        long id = Long.parseLong(database.rows("select id from subscriber").strip());
        subscriptions.save(id, Preferences.standard(ZoneId.of("UTC")));
        Document page = button(link(letters.getLast()));
        assertEquals(0, page.select("main form").size(), "there is nothing left to press");
        assertEquals(200, form().post(link(letters.getLast())).statusCode());
        assertEquals(List.of(), interests(), "what they chose since stays");
    }

    @Test
    void whereNoLetterMayGoOutTheLastLinkTakesTheNewestChoice() {
        post("first");
        String link = link(letters().getFirst());
        form().post(link).then().statusCode(200);
        clock.move(Duration.ofMinutes(3));
        post("second");
        assertEquals(0, letters().size());
        assertEquals(List.of("first"), interests());
        assertEquals("Use the new preferences?", button(link).selectFirst("h1").text());
        form().post(link).then().statusCode(200);
        assertEquals(List.of("second"), interests());
        for (int hour = 1; hour < 5; hour++) {
            clock.move(Duration.ofHours(1));
            post("hour " + hour);
        }
        List<PostOffice.Received> letters = letters();
        assertEquals(2, letters.size(), "three in a day");
        form().post(link(letters.getFirst())).then().statusCode(200);
        assertEquals(List.of("hour 4"), interests());
    }

    @Test
    void whoPressesWhatHasChangedSinceTheyLookedIsShownItFirst() {
        post("mine");
        String link = link(letters().getFirst());
        String mine = button(link).selectFirst("input[name=seen]").val();
        post("hostile");
        String before = database.rows("select * from subscriber");
        Response again = form().formParam("seen", mine).post(link);
        assertEquals(200, again.statusCode());
        assertEquals(before, database.rows("select * from subscriber"));
        Document page = Jsoup.parse(again.asString());
        assertNotNull(page.selectFirst("[role=alert]"));
        assertTrue(page.select("dd").eachText().contains("hostile"));
        form().formParam("seen", page.selectFirst("input[name=seen]").val()).post(link);
        assertEquals(List.of("hostile"), interests());
    }

    @Test
    void theOldButtonPressedAfterLeavingIsAFreshConsent() {
        post("agents");
        String link = confirm(1);
        long id = Long.parseLong(database.rows("select id from subscriber").strip());
        clock.move(Duration.ofHours(1));
        subscriptions.withdraw(id, "unsubscribe page");
        clock.move(Duration.ofHours(1));
        Document page = button(link);
        assertEquals("Confirm your subscription", page.selectFirst("h1").text());
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"), "looking changes nothing");
        Response pressed = form().formParam(
                        "seen", page.selectFirst("input[name=seen]").val())
                .post(link);
        assertTrue(Jsoup.parse(pressed.asString()).text().contains("You are subscribed"));
        assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"));
        assertEquals("CONFIRMED\nWITHDRAWN\nCONFIRMED\n", database.rows("select consent from consent order by at, id"));
        assertEquals(clock.instant(), subscriptions.find(id).orElseThrow().confirmedAt, "and has its own date");
        String after = database.rows("select * from subscriber") + database.rows("select * from consent");
        form().post(link).then().statusCode(200);
        assertEquals(after, database.rows("select * from subscriber") + database.rows("select * from consent"));
    }

    @Test
    void newPreferencesSeenBeforeLeavingAreNoConsentAfterwards() {
        Subscriber ada = reader("ada@example.org", Consent.CONFIRMED, null);
        post("agents");
        String link = link(letters().getFirst());
        String change = button(link).selectFirst("input[name=seen]").val();
        subscriptions.withdraw(ada.id, "unsubscribe page");
        Document page = Jsoup.parse(form().formParam("seen", change).post(link).asString());
        assertEquals("Confirm your subscription", page.selectFirst("h1").text());
        assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
        form().formParam("seen", page.selectFirst("input[name=seen]").val()).post(link);
        assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"));
        assertEquals(List.of("agents"), interests());
    }

    @Test
    void aTimeZoneThatNobodyNamedIsOpenToAGuessOnBothForms() {
        assertNotNull(
                Jsoup.parse(given().get("/subscribe").asString()).selectFirst("input[name=timezone][data-guess]"));
        ask("ada@example.org");
        Document welcome = Jsoup.parse(form().post(link(letters().getFirst())).asString());
        String preferences = welcome.selectFirst("a[href*=/preferences/]").attr("href");
        Element open = button(preferences).selectFirst("input[name=timezone]");
        assertTrue(open.hasAttr("data-guess"));
        assertEquals("", open.val());
        assertEquals("UTC", open.attr("placeholder"));
        form().formParam("action", "save").formParam("timezone", "").post(preferences);
        assertTrue(button(preferences).selectFirst("input[name=timezone]").hasAttr("data-guess"));
        form().formParam("action", "save").formParam("timezone", "UTC").post(preferences);
        Element named = button(preferences).selectFirst("input[name=timezone]");
        assertFalse(named.hasAttr("data-guess"), "who names UTC means it");
        assertEquals("UTC", named.val());
        Document fault = Jsoup.parse(form().formParam("email", "x")
                .formParam("timezone", "")
                .post("/subscribe")
                .asString());
        assertFalse(fault.selectFirst("input[name=timezone]").hasAttr("data-guess"), "who emptied it meant that");
    }

    @Test
    void theScriptNamesTheBrowsersTimeZone() throws Exception {
        String address = "http://localhost:" + RestAssured.port + "/subscribe";
        assertEquals(
                "Asia/Tokyo",
                Browser.page(address, Map.of("TZ", "Asia/Tokyo"))
                        .selectFirst("input[name=timezone]")
                        .val());
    }

    @Test
    void manyFirstPostsAtOnceMakeOneSubscriberAndOneLetter() throws Exception {
        for (int round = 0; round < 5; round++) {
            service.at(BEGIN.plus(Duration.ofDays(round)).toString());
            String email = "Ada" + round + "@example.org";
            var together = new CyclicBarrier(8);
            List<Callable<Integer>> posts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String spelling = i % 2 == 0 ? email : email.toLowerCase(Locale.ROOT);
                posts.add(() -> {
                    together.await();
                    return ask(spelling).statusCode();
                });
            }
            try (var threads = Executors.newFixedThreadPool(8)) {
                for (Future<Integer> answer : threads.invokeAll(posts)) {
                    assertEquals(200, answer.get());
                }
            }
            assertEquals("1\n", database.rows("select count(*) from subscriber"));
            assertEquals("1\n", database.rows("select count(*) from request"));
            assertEquals(1, queued());
        }
    }

    @Test
    void allSpellingsOfAMailboxShareItsLimitsAndEachStaysAsTyped() throws Exception {
        List<String> spellings = List.of(
                "ada@gmail.com",
                "Ada@Gmail.com",
                "a.da@gmail.com",
                "a.d.a@gmail.com",
                "ad.a+1@gmail.com",
                "ada+2@gmail.com",
                "ada+3@googlemail.com",
                "A.da+4@GoogleMail.com",
                "ada@googlemail.com");
        var together = new CyclicBarrier(3);
        List<Callable<Integer>> posts = new ArrayList<>();
        for (String spelling : spellings) {
            posts.add(() -> {
                together.await();
                return ask(spelling).statusCode();
            });
        }
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (Future<Integer> answer : threads.invokeAll(posts)) {
                assertEquals(200, answer.get());
            }
        }
        assertEquals(1, queued());
        assertEquals("8\n", database.rows("select count(*) from subscriber"));
        assertEquals("1\n", database.rows("select count(*) from subscriber where email = 'ad.a+1@gmail.com'"));
        for (int hour = 1; hour < 24; hour++) {
            clock.moveTo(BEGIN.plus(Duration.ofHours(hour)));
            ask(spellings.get(hour % spellings.size()));
        }
        assertEquals(3, queued());
        ask("a.da@example.org");
        ask("ada@example.org");
        assertEquals(5, queued(), "elsewhere a dot tells mailboxes apart");
    }

    @Test
    void linksForAllSpellingsOfAMailboxShareTheirLimits() {
        for (String spelling : List.of("ada@example.org", "ada+1@example.org", "ada+2@example.org")) {
            reader(spelling, Consent.CONFIRMED, null);
        }
        for (String spelling : List.of("ada@example.org", "ADA+1@example.org", "ada+2@example.org")) {
            form().formParam("email", spelling).post("/link").then().statusCode(200);
        }
        assertEquals(1, queued());
    }

    @ParameterizedTest
    @ValueSource(strings = {"用户@例子.公司", "Björn@Bücher.example", "o'Hara+Papers@Example.org"})
    void addressesAreKeptAsTheyWereTyped(String email) {
        assertEquals(200, ask("  " + email + " ").statusCode());
        assertEquals(email + "\n", database.rows("select email from subscriber"));
        ask(email.toUpperCase(Locale.ROOT));
        assertEquals(email + "\n", database.rows("select email from subscriber"));
    }

    @Test
    void askingAgainLiftsABouncesSuppressionAfterThirtyDays() {
        suppressions.add("ada@example.org", "550 5.1.1 no such user");
        ask("ada@example.org");
        assertEquals(0, letters().size());
        clock.move(Duration.ofDays(29));
        ask("ada@example.org");
        assertEquals(0, letters().size());
        clock.move(Duration.ofDays(2));
        ask("ada@example.org");
        assertEquals(1, letters().size());
    }

    @Test
    void aConfirmationThatCouldNotBeTriedInFiveDaysIsNotDelivered() {
        ask("ada@example.org");
        clock.move(Duration.ofDays(5));
        assertEquals(0, letters().size());
    }

    @Test
    void nothingOfItSetsACookieOrRedirects() {
        for (Response answer : List.of(
                ask("ada@example.org"),
                given().get("/subscribe"),
                form().formParam("email", "x").post("/link"))) {
            assertNull(answer.header("Set-Cookie"));
            assertNull(answer.header("Location"));
        }
    }

    @Test
    void aTopicThatIsGoneStaysUntilItsTickIsTakenAway() {
        Subscriber ada = reader("ada@example.org", Consent.CONFIRMED, null);
        database.update("update subscriber set interests = 'topic:old-agents\ntopic:speech\nrobots'");
        String link = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, ada.id);
        Element gone = button(link).selectFirst("input[name=topic][value=old-agents]");
        assertTrue(gone.hasAttr("checked"));
        assertEquals(
                "No longer offered",
                gone.closest("fieldset").selectFirst("legend").text());
        form().formParam("action", "save")
                .formParam("topic", "reasoning", "old-agents")
                .formParam("keywords", "robots")
                .post(link);
        assertEquals(List.of("topic:reasoning", "topic:old-agents", "robots"), interests());
        Response never = form().formParam("action", "save")
                .formParam("topic", "reasoning", "old-agents", "never-offered")
                .post(link);
        assertEquals(400, never.statusCode());
        assertEquals(List.of("topic:reasoning", "topic:old-agents", "robots"), interests());
        form().formParam("action", "save").formParam("topic", "reasoning").post(link);
        assertEquals(List.of("topic:reasoning"), interests());
        assertNull(button(link).selectFirst("input[name=topic][value=old-agents]"));
    }

    @Test
    void theSameIsDoneForEveryStateOfAnAddress() {
        for (int i = 0; i < 2; i++) {
            reader("confirmed" + i + "@example.org", Consent.CONFIRMED, null);
            reader("paused" + i + "@example.org", Consent.CONFIRMED, LocalDate.parse("2026-06-01"));
            reader("withdrawn" + i + "@example.org", Consent.WITHDRAWN, null);
            reader("pending" + i + "@example.org", Consent.PENDING, null);
        }
        ask("first@example.org");
        Statistics statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            var statements = new TreeMap<String, Long>();
            for (String state : List.of("new", "confirmed", "paused", "withdrawn", "pending")) {
                for (int i = 0; i < 2; i++) {
                    statistics.clear();
                    assertEquals(200, ask(state + i + "@example.org").statusCode());
                    // One of fifty also fetches numbers for the next rows; never two in a row.
                    statements.merge(state, statistics.getPrepareStatementCount(), Math::min);
                }
            }
            assertEquals(1, Set.copyOf(statements.values()).size(), statements.toString());
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    @Test
    void aLinkMayFillTheFormIn() {
        Document page = Jsoup.parse(given().urlEncodingEnabled(false)
                .get(
                        "/subscribe?topic=robotics&topic=nonsense&keywords=%22world+model%22&keywords=x%3Cb%3E&author=Ada+Lovelace")
                .asString());
        assertEquals(
                List.of("robotics"), page.select("input[name=topic][checked]").eachAttr("value"));
        assertEquals(
                "\"world model\"\nx<b>",
                page.selectFirst("textarea[name=keywords]").wholeText().replaceFirst("^\n", ""));
        assertEquals(
                "Ada Lovelace",
                page.selectFirst("textarea[name=author]").wholeText().replaceFirst("^\n", ""));
        assertEquals(0, page.select(".fault").size());
    }

    @Test
    void aTimeZoneThatABrowserSentAlongCountsWhereItIsOne() {
        for (String guess : List.of("Europe/Berlin", "Mars/Olympus")) {
            form().formParam("email", guess.substring(0, 4) + "@example.org")
                    .formParam("timezone-guess", guess)
                    .post("/subscribe")
                    .then()
                    .statusCode(200);
            confirm(1);
        }
        assertEquals("Europe/Berlin\nUTC\n", database.rows("select zone from subscriber order by id"));
    }
}
