package org.dailypapers.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.desk.page.DeskVisits;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.operator.Role;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.Links;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Axe finds nothing on any page nor in any letter, its best practices among what it looks for. */
@QuarkusTest
class AccessTest {

    private static Chromium chromium;

    @Inject
    LivedIn service;

    @Inject
    House house;

    @Inject
    MovedClock clock;

    @Inject
    Delivery delivery;

    @Inject
    DeskVisits visits;

    @Inject
    MailboxServer mailbox;

    @Inject
    Links links;

    @TempDir
    Path folder;

    private Subscriber ada;

    @BeforeAll
    static void open() {
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void lettersHaveCome() {
        service.begin();
        ada = house.reader("ada").interestedIn("diffusion").filled().confirmed();
        house.reader("bob")
                .interestedIn("robot policy")
                .weekly(DayOfWeek.TUESDAY)
                .filled()
                .confirmed();
        mailbox.stop();
        mailbox.start(folder);
        ask("/subscribe", "cyd@example.org");
        ask("/link", "ada@example.org");
        service.closeTheDay();
        delivery.drain(new Relay(new RelayAddress(
                "127.0.0.1",
                mailbox.port().orElseThrow(),
                RelaySettings.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                10_000,
                "test.example")));
    }

    @AfterEach
    void end() {
        mailbox.stop();
    }

    private static void ask(String form, String email) {
        RestAssured.given()
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("email", email)
                .formParam("keywords", "diffusion")
                .post(form)
                .then()
                .statusCode(200);
    }

    static List<Chromium.Screen> screens() {
        return List.of(Chromium.Screen.DESKTOP, Chromium.Screen.PHONE.dark());
    }

    @ParameterizedTest
    @MethodSource("screens")
    void axeFindsNothing(Chromium.Screen screen) {
        var faults = new ArrayList<String>();
        try (BrowserContext window = chromium.window(screen)) {
            window.addCookies(List.of(
                    new Cookie(DeskDoor.COOKIE, visits.as(Role.OWNER).cookie()).setUrl(LivedIn.address("/desk"))));
            Page page = window.newPage();
            for (String path : paths()) {
                assertTrue(page.navigate(LivedIn.address(path)).status() < 500, path);
                faults.addAll(faults(page, path));
            }
            page.navigate(LivedIn.address("/subscribe"));
            page.fill("#keywords", "\"never closed");
            page.click("button[value=subscribe]");
            page.waitForLoadState();
            faults.addAll(faults(page, "/subscribe with faults"));
        }
        assertEquals("", String.join("\n", faults));
    }

    private List<String> paths() {
        String day = LivedIn.DAY;
        var paths = new ArrayList<>(List.of(
                "/papers?date=" + day,
                "/papers?date=" + day + "&period=week",
                "/papers?date=" + day + "&category=cs.CL",
                "/papers?date=2026-02-01",
                "/papers?q=diffusion",
                "/papers?q=nothingofthekind",
                "/papers/2603.00041",
                "/papers/0000.00000",
                "/topics",
                "/about",
                "/subscribe",
                links.preferences(ada.id, clock.instant()).getPath(),
                links.privatePreferences(ada.id, clock.instant()).getPath(),
                links.unsubscribe(ada.id, clock.instant()).getPath(),
                "/mailbox",
                "/mailbox/1?view=text",
                "/mailbox/1?view=source",
                "/desk",
                "/desk/readers",
                "/desk/readers/" + ada.id,
                "/desk/leavers",
                "/desk/letters",
                "/desk/editions",
                "/desk/editions/" + day,
                "/desk/editions/" + day + "/preview",
                "/desk/pictures",
                "/desk/look",
                "/desk/operators",
                "/desk/trail",
                "/desk/account"));
        int letters = mailbox.mail().orElseThrow().count();
        assertTrue(letters >= 4, letters + " letters have come");
        for (int letter = 1; letter <= letters; letter++) {
            paths.add("/mailbox/" + letter);
            paths.add("/mailbox/" + letter + "/html");
        }
        return paths;
    }

    private static List<String> faults(Page page, String path) {
        var faults = new ArrayList<String>();
        // What a frame shows is looked at under its own address; in one without scripts axe would never answer.
        for (ElementHandle frame : page.querySelectorAll("iframe")) {
            if (frame.getAttribute("title") == null) {
                faults.add(path + ": a frame without a title");
            }
            frame.evaluate("frame => frame.remove()");
        }
        for (Rule rule : new AxeBuilder(page).setLegacyMode(true).analyze().getViolations()) {
            rule.getNodes()
                    .forEach(node -> faults.add(path + ": " + rule.getId() + ", " + rule.getHelp() + ": "
                            + node.getHtml().lines().findFirst().orElse("")));
        }
        return faults;
    }
}
