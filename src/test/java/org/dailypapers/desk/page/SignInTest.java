package org.dailypapers.desk.page;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.operator.AuditTrail;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Role;
import org.dailypapers.operator.SignIn;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignInTest {

    private static final String EMAIL = "Ada@example.org";

    @Inject
    FreshService service;

    @Inject
    DeskVisits visits;

    @Inject
    Operators operators;

    @Inject
    SignIn signIn;

    @Inject
    AuditTrail audit;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @BeforeEach
    void begin() {
        service.at("2026-01-15T12:00:00Z");
    }

    private Response signIn(String email, String password, String code) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .formParams(Map.of("email", email, "password", password, "code", code, "to", "/desk/account"))
                .post("/desk/sign-in");
    }

    private String code(DeskVisits.Enrolled ada) {
        return DeskVisits.code(ada.secret(), clock.instant());
    }

    @Test
    void anOperatorBeginsByTheLinkAndSignsInWithPasswordAndCode() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        assertEquals(200, ada.answer().statusCode());
        assertEquals(8, Jsoup.parse(ada.answer().asString()).select(".codes li").size());
        clock.move(Duration.ofMinutes(1));
        Response in = signIn("ada@EXAMPLE.org", DeskVisits.PASSWORD, code(ada));
        assertEquals(303, in.statusCode());
        assertTrue(in.header("Location").endsWith("/desk/account"));
        String cookie = in.header("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertTrue(cookie.contains("Path=/desk"), cookie);
        var visit = new DeskVisits.Visit(in.cookie(DeskDoor.COOKIE));
        assertEquals(200, visit.get("/desk").statusCode());
        assertFalse(database.rows("select * from desk_session").contains(visit.cookie()));
        assertEquals("sign-in", audit.before(Long.MAX_VALUE, 1).getFirst().act());

        assertEquals(303, visit.post("/desk/sign-out", Map.of()).statusCode());
        assertEquals(303, visit.get("/desk").statusCode());
    }

    @Test
    void aLinkIsGoodOnceAndForTwoDays() {
        String token = operators.invite(EMAIL, Role.VIEWER, "a test");
        assertEquals(200, given().get("/desk/welcome/" + token).statusCode());
        clock.move(Duration.ofDays(2).plusSeconds(1));
        assertEquals(404, given().get("/desk/welcome/" + token).statusCode());
        String used = operators.invite(EMAIL, Role.VIEWER, "a test");
        assertEquals(404, given().get("/desk/welcome/" + token).statusCode());
        assertEquals(
                400,
                given().contentType("application/x-www-form-urlencoded")
                        .formParams(Map.of("password", "short", "code", "000000"))
                        .post("/desk/welcome/" + used)
                        .statusCode());
        assertEquals(200, visits.enrol(EMAIL, Role.VIEWER).answer().statusCode());
        assertEquals(404, given().get("/desk/welcome/" + used).statusCode());
    }

    @Test
    void theSecretOfTheCodesDoesNotFollowFromTheLink() {
        String token = operators.invite(EMAIL, Role.OWNER, "a test");
        String secret = operators.invitation(token, "").orElseThrow().secret();
        assertEquals(secret, operators.invitation(token, "").orElseThrow().secret(), "looking changes nothing");
        // Another account with the same link would have the same secret, if it followed from the link.
        database.update("update desk_operator set invited = null");
        operators.invite("eve@example.org", Role.OWNER, "a test");
        String hash = HexFormat.of().formatHex(sha256(token));
        database.update("update desk_operator set invited = '" + hash + "' where email_key = 'eve@example.org'");
        assertNotEquals(secret, operators.invitation(token, "").orElseThrow().secret());
    }

    @Test
    void aCodeIsGoodOnce() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        assertEquals(400, signIn(EMAIL, DeskVisits.PASSWORD, code(ada)).statusCode(), "the one that enrolled");
        clock.move(Duration.ofMinutes(1));
        String code = code(ada);
        assertEquals(303, signIn(EMAIL, DeskVisits.PASSWORD, code).statusCode());
        assertEquals(400, signIn(EMAIL, DeskVisits.PASSWORD, code).statusCode());
    }

    @Test
    void aClockThatWasAheadShutsNobodyOutAndKeepsNobodyIn() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        clock.move(Duration.ofDays(30));
        for (int i = 0; i < 10; i++) {
            assertEquals(400, signIn(EMAIL, "another three words", "000000").statusCode());
        }
        assertInstanceOf(SignIn.Welcome.class, signIn.attempt(EMAIL, DeskVisits.PASSWORD, code(ada), "192.0.2.1"));
        DeskVisits.Visit ahead = visits.as(Role.VIEWER);
        assertEquals(200, ahead.get("/desk/account").statusCode());
        clock.move(Duration.ofDays(-29));
        assertEquals(303, ahead.get("/desk/account").statusCode());
        String code = code(ada);
        assertEquals(303, signIn(EMAIL, DeskVisits.PASSWORD, code).statusCode());
        assertEquals(400, signIn(EMAIL, DeskVisits.PASSWORD, code).statusCode(), "no code is good twice");
    }

    @Test
    void aRecoveryCodeIsGoodOnce() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        List<String> codes =
                Jsoup.parse(ada.answer().asString()).select(".codes li").eachText();
        assertEquals(
                303,
                signIn(EMAIL, DeskVisits.PASSWORD, codes.getFirst().toUpperCase())
                        .statusCode());
        assertEquals(400, signIn(EMAIL, DeskVisits.PASSWORD, codes.getFirst()).statusCode());
        assertEquals(303, signIn(EMAIL, DeskVisits.PASSWORD, codes.get(1)).statusCode());
    }

    @Test
    void whatIsWrongIsNotTold() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        clock.move(Duration.ofMinutes(1));
        String unknown =
                signIn("bob@example.org", DeskVisits.PASSWORD, code(ada)).asString();
        String password = signIn(EMAIL, "another three words", code(ada)).asString();
        String code = signIn(EMAIL, DeskVisits.PASSWORD, "000000").asString();
        assertEquals(unknown.replace("bob@example.org", EMAIL), password);
        assertEquals(password, code);
    }

    @Test
    void afterTenFailuresAnAccountRestsForAQuarterOfAnHourWhereTheyCameFrom() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        for (int i = 0; i < 10; i++) {
            assertEquals(400, signIn(EMAIL, "another three words", "000000").statusCode());
        }
        clock.move(Duration.ofMinutes(1));
        assertEquals(429, signIn(EMAIL, DeskVisits.PASSWORD, code(ada)).statusCode());
        assertEquals(
                429, signIn("ADA@example.org ", DeskVisits.PASSWORD, code(ada)).statusCode());
        assertEquals(
                400, signIn("bob@example.org", DeskVisits.PASSWORD, code(ada)).statusCode());
        assertInstanceOf(
                SignIn.Welcome.class,
                signIn.attempt(EMAIL, DeskVisits.PASSWORD, code(ada), "192.0.2.1"),
                "somebody else's failures shut nobody out");
        clock.move(Duration.ofMinutes(15));
        assertEquals(303, signIn(EMAIL, DeskVisits.PASSWORD, code(ada)).statusCode());
    }

    @Test
    void afterAHundredFailuresAnAccountRestsForAll() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        String account = HexFormat.of().formatHex(sha256("account ada@example.org"));
        database.update("insert into desk_try (subject, at) select '" + account
                + "', timestamp with time zone '2026-01-15 12:00:00Z' from (values " + "(1),".repeat(99)
                + "(1)) as t(n)");
        clock.move(Duration.ofMinutes(1));
        assertInstanceOf(SignIn.Locked.class, signIn.attempt(EMAIL, DeskVisits.PASSWORD, code(ada), "192.0.2.1"));
        clock.move(Duration.ofMinutes(15));
        assertInstanceOf(SignIn.Welcome.class, signIn.attempt(EMAIL, DeskVisits.PASSWORD, code(ada), "192.0.2.1"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofManyTriesAtOnceNoMoreAreLookedAtThanOneAfterTheOther() throws Exception {
        var looked = new AtomicInteger();
        var begin = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 20; i++) {
                threads.submit(() -> {
                    begin.await();
                    if (signIn.attempt(EMAIL, "another three words", "000000", "192.0.2.1") instanceof SignIn.Wrong) {
                        looked.incrementAndGet();
                    }
                    return null;
                });
            }
            begin.countDown();
        }
        assertTrue(looked.get() <= 10, looked.get() + " were looked at");
    }

    @Test
    void aClientThatTriesManyAccountsIsHeldBack() {
        for (int i = 0; i < 30; i++) {
            assertEquals(
                    400,
                    signIn("nobody" + i + "@example.org", "another three words", "000000")
                            .statusCode());
        }
        assertEquals(
                429,
                signIn("nobody@example.org", "another three words", "000000").statusCode());
    }

    @Test
    void aSessionThatWasThereBeforeIsNotTheOneThatIsSignedIn() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        String before = ada.answer().cookie(DeskDoor.COOKIE);
        clock.move(Duration.ofMinutes(1));
        Response in = given().redirects()
                .follow(false)
                .cookie(DeskDoor.COOKIE, before)
                .contentType("application/x-www-form-urlencoded")
                .formParams(Map.of("email", EMAIL, "password", DeskVisits.PASSWORD, "code", code(ada)))
                .post("/desk/sign-in");
        assertNotEquals(before, in.cookie(DeskDoor.COOKIE));
        assertEquals(303, new DeskVisits.Visit(before).get("/desk").statusCode());
    }

    @Test
    void aSessionEndsAfterTwoIdleHoursAndAfterTwelveWhateverIsDone() {
        DeskVisits.Visit visit = visits.as(Role.VIEWER);
        for (int i = 0; i < 6; i++) {
            assertEquals(200, visit.get("/desk/account").statusCode());
            clock.move(Duration.ofMinutes(119));
        }
        assertEquals(200, visit.get("/desk/account").statusCode());
        clock.move(Duration.ofMinutes(7));
        assertEquals(303, visit.get("/desk/account").statusCode());
        DeskVisits.Visit idle = visits.as(Role.VIEWER);
        clock.move(Duration.ofMinutes(121));
        assertEquals(303, idle.get("/desk/account").statusCode());
    }

    @Test
    void aSignInLeadsNowhereButToTheDesk() {
        DeskVisits.Enrolled ada = visits.enrol(EMAIL, Role.OWNER);
        for (String to : List.of(
                "https://evil.example/desk", "//evil.example", "/desk//evil.example", "/desk@evil", "/papers")) {
            clock.move(Duration.ofMinutes(1));
            Response in = given().redirects()
                    .follow(false)
                    .contentType("application/x-www-form-urlencoded")
                    .formParams(Map.of("email", EMAIL, "password", DeskVisits.PASSWORD, "code", code(ada), "to", to))
                    .post("/desk/sign-in");
            assertEquals(303, in.statusCode(), to);
            assertTrue(in.header("Location").endsWith("/desk"), to + ": " + in.header("Location"));
        }
    }

    @Test
    void theLastOwnerStaysOne() {
        DeskVisits.Visit owner = visits.as(Role.OWNER);
        long id = operators.find("owner@example.org").orElseThrow().id();
        assertEquals(
                400, owner.post("/desk/operators/" + id + "/remove", Map.of()).statusCode());
        assertEquals(
                400,
                owner.post("/desk/operators/" + id + "/role", Map.of("role", "viewer"))
                        .statusCode());
        assertEquals(
                200,
                owner.post("/desk/operators", Map.of("email", "eve@example.org", "role", "owner"))
                        .statusCode());
        assertEquals(
                400,
                owner.post("/desk/operators/" + id + "/role", Map.of("role", "viewer"))
                        .statusCode(),
                "eve has not used her link");
        long eve = operators.find("eve@example.org").orElseThrow().id();
        assertEquals(
                303,
                owner.post("/desk/operators/" + eve + "/remove", Map.of()).statusCode(),
                "who only has a link may go");
        visits.enrol("eve@example.org", Role.OWNER);
        assertEquals(
                303,
                owner.post("/desk/operators/" + id + "/role", Map.of("role", "viewer"))
                        .statusCode());
        assertEquals(403, owner.get("/desk/operators").statusCode());
    }

    @Test
    void whoIsInvitedAnewIsSignedOutAtOnce() {
        DeskVisits.Visit viewer = visits.as(Role.VIEWER);
        DeskVisits.Visit owner = visits.as(Role.OWNER);
        assertEquals(200, viewer.get("/desk").statusCode());
        Response made = owner.post("/desk/operators", Map.of("email", "viewer@example.org", "role", "helper"));
        assertTrue(made.asString().contains("/desk/welcome/"));
        assertEquals(303, viewer.get("/desk").statusCode());
    }

    /** The status, and all that was said. */
    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, Path.of("."), false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void anOperatorIsAddedListedAndRemovedAtTheCommandLine() {
        String link = run("operator", "add", "eve@example.org", "--role=editor");
        assertTrue(link.matches("0 http://localhost:8080/desk/welcome/[A-Za-z0-9_-]{43}"), link);
        assertEquals(200, given().get(link.substring(link.indexOf("/desk"))).statusCode());
        assertEquals("0 eve@example.org\teditor\thas a link", run("operator", "list"));
        assertTrue(run("operator", "add", "eve@example.org", "--role=king").startsWith("2 'king' is no role"));
        assertTrue(run("operator", "add", "eve").startsWith("1 "), run("operator", "add", "eve"));
        assertEquals("0 Removed.", run("operator", "remove", "EVE@example.org"));
        assertEquals("1 There is no operator with that address.", run("operator", "remove", "eve@example.org"));
    }

    @Test
    void whatCannotBeNotedIsNotDone() {
        visits.enrol(EMAIL, Role.OWNER);
        Operator ada = operators.find(EMAIL).orElseThrow();
        visits.enrol("eve@example.org", Role.OWNER);
        String before = database.rows("select * from desk_operator order by id");
        // Longer than the trail takes.
        String actor = "x".repeat(321);
        assertThrows(RuntimeException.class, () -> operators.invite("new@example.org", Role.OWNER, actor));
        assertThrows(RuntimeException.class, () -> operators.invite(EMAIL, Role.VIEWER, actor));
        assertThrows(RuntimeException.class, () -> operators.change(ada, Role.VIEWER, actor));
        assertThrows(RuntimeException.class, () -> operators.remove(ada, actor));
        assertEquals(before, database.rows("select * from desk_operator order by id"));
    }

    @Test
    void theTrailShowsWhereItWasChanged() {
        visits.as(Role.OWNER).post("/desk/operators", Map.of("email", "eve@example.org", "role", "editor"));
        AuditTrail.Entry newest = audit.before(Long.MAX_VALUE, 1).getFirst();
        assertEquals(
                "owner@example.org invite operator eve@example.org editor",
                String.join(" ", newest.actor(), newest.act(), newest.object(), newest.detail()));
        assertTrue(audit.broken().isEmpty());
        assertTrue(visits.as(Role.OWNER).page("/desk/trail").text().contains("Each entry follows"));
        assertFalse(visits.as(Role.OWNER)
                .page("/desk/trail?before=" + newest.id())
                .text()
                .contains("follow"));
        try {
            database.update("update desk_audit set detail = 'owner' where id = " + newest.id());
        } catch (IllegalStateException refused) {
            assertTrue(
                    refused.getCause().getMessage().contains("only ever added to"),
                    refused.getCause().getMessage());
            return;
        }
        assertEquals(newest.id(), audit.broken().getAsLong());
        assertTrue(
                visits.as(Role.OWNER).page("/desk/trail").text().contains("Entry " + newest.id() + " does not follow"));
        database.update("update desk_audit set detail = 'editor' where id = " + newest.id());
        assertTrue(audit.broken().isEmpty());
    }
}
