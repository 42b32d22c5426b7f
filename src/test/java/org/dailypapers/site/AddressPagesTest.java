package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.PostOffice;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.audience.ReaderActs;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.SentLetters;
import org.dailypapers.digest.SentDigests;
import org.dailypapers.reputation.Complained;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader who goes on at another address. */
@QuarkusTest
class AddressPagesTest {

    private static final String OLD = "ada@example.org";
    private static final String NEW = "ada.lovelace@example.net";

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    House house;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    DoubleOptIn optIn;

    @Inject
    SuppressionList suppressions;

    @Inject
    SubscriberUpkeep upkeep;

    @Inject
    SentDigests sentDigests;

    @Inject
    ReaderActs acts;

    @Inject
    LinkTokens tokens;

    @Inject
    jakarta.enterprise.event.Event<Complained> complaints;

    private long reader;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        reader = house.reader("ada").interestedIn("graph").confirmed().id;
    }

    private List<PostOffice.Received> deliver() {
        try (var office = new PostOffice()) {
            return office.deliver(delivery);
        }
    }

    private Response ask(String address) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("email", address)
                .post("/address/" + tokens.issue(TokenPurpose.PRIVATE, reader));
    }

    private static Document press(String link) {
        return Jsoup.parse(given().post(link).then().statusCode(200).extract().asString());
    }

    private static String to(PostOffice.Received letter) {
        return letter.header("To");
    }

    private static String link(PostOffice.Received letter) {
        return Jsoup.parse(letter.html()).select(".button a").attr("href").replace("http://localhost:8080", "");
    }

    /** The letter to the new address, and the one to the old. */
    private PostOffice.Received letterTo(List<PostOffice.Received> letters, String address) {
        return letters.stream().filter(l -> to(l).equals(address)).findFirst().orElseThrow();
    }

    private String email() {
        return subscriptions.find(reader).orElseThrow().email;
    }

    @Test
    void nothingChangesUntilTheButtonInTheNewMailboxIsPressed() {
        ask(NEW).then().statusCode(200);
        List<PostOffice.Received> letters = deliver();
        assertEquals(2, letters.size());
        String yes = link(letterTo(letters, NEW));
        assertFalse(letterTo(letters, OLD).source().contains("lovelace"), "the notice names no address");
        assertFalse(letterTo(letters, NEW).source().contains(OLD), "nor does the confirmation");
        String before = database.dump();
        given().get(yes).then().statusCode(200);
        given().head(yes).then().statusCode(200);
        given().get(link(letterTo(letters, OLD))).then().statusCode(200);
        assertEquals(before, database.dump());
        assertEquals(OLD, email());
        assertEquals("Your letters come here now", press(yes).selectFirst("h1").text());
        assertEquals(NEW, email());
        assertEquals("Your letters come here now", press(yes).selectFirst("h1").text());
        assertEquals("1\n", database.rows("select count(*) from consent where wording like 'address changed%'"));
        String said = database.rows("select wording from consent where wording like 'address changed%'");
        assertTrue(said.contains(OLD) && said.contains(NEW) && said.contains("private link"), said);
    }

    @Test
    void theOldMailboxCallsItOff() {
        ask(NEW);
        List<PostOffice.Received> letters = deliver();
        assertEquals(
                "The address stays as it is",
                press(link(letterTo(letters, OLD))).selectFirst("h1").text());
        assertEquals(
                "The address stays as it is",
                press(link(letterTo(letters, NEW))).selectFirst("h1").text());
        assertEquals(OLD, email());
    }

    @Test
    void theSubscriberStaysTheSameAndOldLinksStillLeave() {
        String leave = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader);
        move();
        Subscriber moved = subscriptions.find(reader).orElseThrow();
        assertEquals(List.of("graph"), moved.preferences().interests());
        assertEquals(Consent.CONFIRMED, moved.consent);
        given().formParam("List-Unsubscribe", "One-Click").post(leave).then().statusCode(200);
        assertEquals(Consent.WITHDRAWN, subscriptions.find(reader).orElseThrow().consent);
    }

    private void move() {
        ask(NEW);
        press(link(letterTo(deliver(), NEW)));
        assertEquals(NEW, email());
    }

    @Test
    void theOldAddressIsFreeAgainButNoListBringsItBack() {
        move();
        EmailAddress old = EmailAddress.parse(OLD).orElseThrow();
        assertThrows(
                IllegalArgumentException.class,
                () -> imports.bringIn(
                        old,
                        Preferences.standard(ZoneId.of("UTC")),
                        Consent.CONFIRMED,
                        clock.instant().minus(Duration.ofDays(30)),
                        null));
        clock.move(Duration.ofMinutes(16));
        optIn.request(old, Preferences.standard(ZoneId.of("UTC")));
        String confirm = link(letterTo(deliver(), OLD));
        press(confirm);
        assertEquals(Consent.CONFIRMED, subscriptions.find(old).orElseThrow().consent);
        assertEquals(NEW, email());
    }

    @Test
    void anAddressOfSomebodyElseIsNeverMergedAndTheAnswerTellsNothing() {
        String free = ask("free@example.net").asString();
        long grace = imports.bringIn(
                        EmailAddress.parse("grace@example.net").orElseThrow(),
                        Preferences.standard(ZoneId.of("UTC")),
                        Consent.CONFIRMED,
                        clock.instant(),
                        null)
                .id;
        clock.move(Duration.ofMinutes(1));
        String token = "/address/" + tokens.issue(TokenPurpose.PRIVATE, reader);
        String known =
                given().formParam("email", "grace@example.net").post(token).asString();
        assertEquals(masked(free), masked(known));
        List<PostOffice.Received> letters = deliver();
        PostOffice.Received letter = letterTo(letters, "grace@example.net");
        assertTrue(letter.text().replaceAll("\\s+", " ").contains("It is known here already"), letter.text());
        long request = Long.parseLong(
                database.rows("select max(id) from request where kind = 'MOVE'").strip());
        assertEquals(
                "This address is known already",
                press("/address/" + tokens.issue(TokenPurpose.MOVE, request))
                        .selectFirst("h1")
                        .text());
        assertEquals(OLD, email());
        subscriptions.withdraw(grace, "left");
        assertEquals(
                "This address is known already",
                press("/address/" + tokens.issue(TokenPurpose.MOVE, request))
                        .selectFirst("h1")
                        .text());
        assertEquals("2\n", database.rows("select count(*) from subscriber"));
    }

    private static String masked(String page) {
        return page.replaceAll("/preferences/[\\w-]+", "/preferences/…");
    }

    @Test
    void anAddressThatWasOnlyTypedOnTheFormGivesWay() {
        optIn.request(EmailAddress.parse(NEW).orElseThrow(), Preferences.standard(ZoneId.of("UTC")));
        deliver();
        clock.move(Duration.ofMinutes(16));
        move();
        assertEquals("1\n", database.rows("select count(*) from subscriber"));
    }

    @Test
    void aSecondAddressTakesThePlaceOfTheFirst() {
        ask("typo@example.net");
        String first = link(letterTo(deliver(), "typo@example.net"));
        ask(NEW);
        String second = link(letterTo(deliver(), NEW));
        press(first);
        assertEquals(OLD, email());
        press(second);
        assertEquals(NEW, email());
    }

    @Test
    void whatIsRefusedDoesNotEndTheChangeThatWaits() {
        optIn.request(EmailAddress.parse("busy@example.net").orElseThrow(), Preferences.standard(ZoneId.of("UTC")));
        deliver();
        ask(NEW);
        String yes = link(letterTo(deliver(), NEW));
        ask("busy@example.net");
        press(yes);
        assertEquals(NEW, email());
    }

    @Test
    void anAddressThatNeverSaidYesIsForgottenAsOneFromTheForm() {
        ask("typo@example.net");
        deliver();
        clock.move(Duration.ofDays(30));
        upkeep.forgetUnconfirmed();
        assertTrue(database.dump().contains("typo@example.net"));
        clock.move(Duration.ofDays(2));
        upkeep.forgetUnconfirmed();
        assertFalse(database.dump().contains("typo@example.net"), database.dump());
        assertEquals("0\n", database.rows("select count(*) from mailed"));
    }

    @Test
    void whatAClockThatWasAheadHasDatedIsBroughtBack() {
        clock.move(Duration.ofDays(400));
        move();
        clock.move(Duration.ofDays(-400));
        upkeep.bringBack();
        assertEquals(
                "0\n",
                database.rows("select count(*) from request where applied_at > timestamp '2026-03-03 00:00:00'"));
    }

    @Test
    void whoErasesThemselvesDoesNotMailAMailboxAnew() {
        ask(NEW);
        assertEquals(2, deliver().size());
        subscriptions.erase(reader);
        reader = house.reader("grace").confirmed().id;
        ask(NEW);
        assertEquals(List.of(), deliver());
    }

    @Test
    void whoHasLeftSinceIsNotToldThatLettersCome() {
        ask(NEW);
        List<PostOffice.Received> letters = deliver();
        press(link(letterTo(letters, NEW)));
        subscriptions.withdraw(reader, "left");
        for (String address : List.of(OLD, NEW)) {
            String page = given().get(link(letterTo(letters, address))).asString();
            assertEquals(
                    "The address stays as it is",
                    Jsoup.parse(page).selectFirst("h1").text());
            assertFalse(page.contains("/preferences/"), page);
        }
    }

    @Test
    void anOldNoticeEndsNoChangeThatWasAskedForFromTheNewAddress() {
        ask(NEW);
        List<PostOffice.Received> letters = deliver();
        press(link(letterTo(letters, NEW)));
        ask("ada@third.example");
        String third = link(letterTo(deliver(), "ada@third.example"));
        press(link(letterTo(letters, OLD)));
        press(third);
        assertEquals("ada@third.example", email());
        assertEquals(
                "The address stays as it is",
                press(link(letterTo(letters, NEW))).selectFirst("h1").text());
    }

    @Test
    void aComplaintOfTheConfirmationEndsTheSubscriptionOnceItIsTheReadersAddress() {
        move();
        long request = Long.parseLong(
                database.rows("select min(id) from request where kind = 'MOVE'").strip());
        io.quarkus.narayana.jta.QuarkusTransaction.requiringNew()
                .run(() -> complaints.fire(new Complained("service", request)));
        assertEquals(Consent.WITHDRAWN, subscriptions.find(reader).orElseThrow().consent);
    }

    @Test
    void aMailboxGetsAsManyOfTheseAsOfConfirmations() {
        for (String spelling : List.of(NEW, "ada.lovelace+a@example.net", "Ada.Lovelace+b@example.net")) {
            ask(spelling).then().statusCode(200);
        }
        optIn.request(EmailAddress.parse(NEW).orElseThrow(), Preferences.standard(ZoneId.of("UTC")));
        assertEquals(
                1,
                deliver().stream().filter(l -> to(l).endsWith("@example.net")).count());
        int mailed = 0;
        for (int i = 0; i < 5; i++) {
            ask("ada" + i + "@other.example").then().statusCode(200);
            mailed += (int) deliver().stream()
                    .filter(l -> to(l).endsWith("@other.example"))
                    .count();
        }
        assertEquals(2, mailed, "three a day at one reader's asking");
    }

    @Test
    void aLinkIsGoodForSevenDays() {
        ask(NEW);
        String yes = link(letterTo(deliver(), NEW));
        String stop = "/address/"
                + tokens.issue(
                        TokenPurpose.STOP_MOVE,
                        Long.parseLong(database.rows("select id from request where kind = 'MOVE_NOTICE'")
                                .strip()));
        clock.move(Duration.ofDays(7));
        given().post(yes).then().statusCode(410);
        assertEquals(OLD, email());
        given().post(stop).then().statusCode(200);
        clock.move(Duration.ofDays(24));
        given().get(stop).then().statusCode(410);
    }

    @Test
    void onlyAPrivateLinkAsks() {
        for (TokenPurpose other : TokenPurpose.values()) {
            if (other != TokenPurpose.PRIVATE) {
                given().formParam("email", NEW)
                        .post("/address/" + tokens.issue(other, reader))
                        .then()
                        .statusCode(404);
            }
        }
        assertEquals("0\n", database.rows("select count(*) from request"));
        ask("nonsense").then().statusCode(400);
        ask("").then().statusCode(400);
        assertTrue(Jsoup.parse(ask("<b>@").asString())
                .selectFirst("#fault-email")
                .text()
                .contains("<"));
    }

    private void listOne() {
        source.list(House.paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        source.reset();
        source.list(House.paper("2603.00001", "A graph of everything", "2026-03-02"));
        liveUntil("2026-03-03T00:00:00Z");
    }

    private void liveUntil(String instant) {
        while (clock.instant().isBefore(Instant.parse(instant))) {
            clock.move(Duration.ofHours(1));
            schedule.tick();
        }
    }

    @Test
    void whatComesBackOfAnEarlierLetterBelongsToTheOldAddress() {
        listOne();
        liveUntil("2026-03-03T12:00:00Z");
        deliver();
        clock.move(Duration.ofMinutes(1));
        long digest = Long.parseLong(database.rows("select min(id) from digest").strip());
        move();
        assertEquals(
                OLD, sentDigests.sent(digest).map(SentLetters.Sent::address).orElseThrow());
        suppressions.restore(suppressions.hash(OLD), "5.1.1", clock.instant());
        assertTrue(suppressions.find(NEW).isEmpty());
    }

    @Test
    void aDigestThatWaitsGoesToTheNewAddress() {
        listOne();
        ask(NEW);
        String yes = link(letterTo(deliver(), NEW));
        liveUntil("2026-03-03T12:00:00Z");
        press(yes);
        assertEquals(NEW, to(deliver().getFirst()));
    }

    @Test
    void aComplaintOfTheConfirmationEndsTheChangeAndNotTheSubscription() {
        ask(NEW);
        String yes = link(letterTo(deliver(), NEW));
        long request = Long.parseLong(
                database.rows("select min(id) from request where kind = 'MOVE'").strip());
        io.quarkus.narayana.jta.QuarkusTransaction.requiringNew()
                .run(() -> complaints.fire(new Complained("service", request)));
        press(yes);
        assertEquals(OLD, email());
        assertEquals(Consent.CONFIRMED, subscriptions.find(reader).orElseThrow().consent);
    }

    @Test
    void theOperatorAsksTheNewAddressToo() {
        var said = new java.io.ByteArrayOutputStream();
        var stream = new java.io.PrintStream(said, true, java.nio.charset.StandardCharsets.UTF_8);
        var console = new Console(stream, stream, Path.of("."), false);
        assertEquals(0, Commands.run(new String[] {"reader", OLD, "change-address", NEW}, console));
        assertEquals(1, Commands.run(new String[] {"reader", OLD, "change-address", NEW}, console));
        assertEquals(1, Commands.run(new String[] {"reader", OLD, "change-address", OLD}, console));
        assertEquals(1, Commands.run(new String[] {"reader", OLD, "change-address", "x"}, console));
        assertEquals(2, Commands.run(new String[] {"reader", OLD, "change-address"}, console));
        assertEquals(2, Commands.run(new String[] {"reader", OLD, "pause", NEW}, console));
        press(link(letterTo(deliver(), NEW)));
        assertEquals(NEW, email());
        assertTrue(database.rows("select wording from consent").contains("by the operator (at the command line)"));
    }

    @Test
    void erasingForgetsBothAddresses() {
        move();
        assertTrue(new String(
                        acts.export(EmailAddress.parse(NEW).orElseThrow()).orElseThrow(),
                        java.nio.charset.StandardCharsets.UTF_8)
                .contains(OLD));
        subscriptions.erase(reader);
        String left = database.dump();
        assertFalse(left.contains("lovelace") || left.contains(OLD), left);
    }
}
