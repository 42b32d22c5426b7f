package org.dailypapers.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.PostOffice;
import org.dailypapers.delivery.Delivery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the edition to the letter and out again, as a reader's browser goes it. */
@QuarkusTest
class JourneyInBrowserTest {

    private static final Pattern LINK = Pattern.compile("http://localhost:8080/[^\\s<>\"]+");
    private static final int MOST_STOPS = 20;

    private static Chromium chromium;

    @Inject
    LivedIn service;

    @Inject
    Database database;

    @Inject
    Delivery delivery;

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
    void begin() {
        service.begin();
    }

    static List<Chromium.Screen> screens() {
        return List.of(
                Chromium.Screen.DESKTOP,
                Chromium.Screen.PHONE,
                Chromium.Screen.DESKTOP.withoutScripts(),
                Chromium.Screen.PHONE.withoutScripts());
    }

    @ParameterizedTest
    @MethodSource("screens")
    void aReaderSubscribesConfirmsReadsChangesAndLeaves(Chromium.Screen screen) {
        try (BrowserContext window = chromium.window(screen);
                var post = new PostOffice()) {
            Page page = window.newPage();
            var broken = new ArrayList<String>();
            page.onPageError(broken::add);
            page.navigate(LivedIn.address("/papers?date=" + LivedIn.DAY));
            page.locator("a[href^='/subscribe']:visible").first().click();
            page.fill("#email", "ada@example.org");
            page.fill("#keywords", "diffusion\n\"robot policy\"");
            page.click("button[value=subscribe]");
            page.waitForCondition(() -> asked() == 1);

            page.navigate(LivedIn.here(link(post, "/confirm/")));
            assertEquals("", database.rows("select email from subscriber where consent = 'CONFIRMED'"));
            page.click("main form[method=post] button");
            page.waitForLoadState();
            assertEquals(
                    "ada@example.org\n", database.rows("select email from subscriber where consent = 'CONFIRMED'"));

            service.closeTheDay();
            PostOffice.Received letter = post.deliver(delivery).getFirst();
            page.setContent(letter.html());
            assertTrue(page.locator("h1").isVisible());
            assertTrue(width(page) <= screen.width(), "the letter is not wider than the screen");
            String preferences =
                    page.locator("a[href*='/preferences/']").first().getAttribute("href");
            String leave = page.locator("a[href*='/unsubscribe/']").first().getAttribute("href");

            page.navigate(LivedIn.here(preferences));
            assertEquals("diffusion\n\"robot policy\"", page.inputValue("#keywords"));
            page.fill("#keywords", "graph");
            page.click("button[value=save]");
            page.waitForLoadState();
            page.navigate(LivedIn.here(preferences));
            assertEquals("graph", page.inputValue("#keywords"));

            page.navigate(LivedIn.here(leave));
            assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"), "looking changes nothing");
            page.click("main form[method=post] button");
            page.waitForLoadState();
            assertEquals("WITHDRAWN\n", database.rows("select consent from subscriber"));
            page.click("main form[method=post] button");
            page.waitForLoadState();
            assertEquals("CONFIRMED\n", database.rows("select consent from subscriber"), "leaving can be undone");
            assertEquals(List.of(), broken, "no script failed");
        }
    }

    /** How many letters with a button to confirm were asked for. */
    private int asked() {
        return Integer.parseInt(database.rows("select count(*) from request").strip());
    }

    private String link(PostOffice post, String part) {
        return post.deliver(delivery).stream()
                .flatMap(letter -> LINK.matcher(letter.text()).results())
                .map(match -> match.group())
                .filter(link -> link.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no letter with a link to " + part));
    }

    private static int width(Page page) {
        return page.locator("body").elementHandle().boundingBox() == null
                ? 0
                : (int) Math.ceil(page.locator("body").boundingBox().width);
    }

    @Test
    void whoHasOnlyAKeyboardReachesTheButtonInTwentyStops() {
        try (BrowserContext window = chromium.window(Chromium.Screen.DESKTOP)) {
            Page page = window.newPage();
            page.navigate(LivedIn.address("/subscribe"));
            var stops = new ArrayList<String>();
            Locator focused = page.locator(":focus");
            while (stops.size() < MOST_STOPS) {
                page.keyboard().press("Tab");
                stops.add(focused.evaluate("e => e.id || e.value || e.textContent.trim()")
                        .toString());
                if ("email".equals(stops.getLast())) {
                    page.keyboard().type("ada@example.org");
                }
                if ("keywords".equals(stops.getLast())) {
                    page.keyboard().type("diffusion");
                }
                if ("subscribe".equals(stops.getLast())) {
                    page.keyboard().press("Enter");
                    page.waitForCondition(() -> asked() == 1);
                    return;
                }
            }
            throw new AssertionError("the button is not among " + stops);
        }
    }

    @Test
    void whatIsWrongStandsAtItsFieldWithTheFocusAndWhatWasTyped() {
        try (BrowserContext window = chromium.window(Chromium.Screen.PHONE)) {
            Page page = window.newPage();
            page.navigate(LivedIn.address("/subscribe"));
            page.fill("#email", "ada@example.org");
            page.fill("#keywords", "\"never closed");
            page.click("button[value=subscribe]");
            page.waitForLoadState();
            assertEquals("keywords", page.locator(":focus").getAttribute("id"));
            assertEquals("true", page.getAttribute("#keywords", "aria-invalid"));
            assertEquals("\"never closed", page.inputValue("#keywords"));
            assertEquals("ada@example.org", page.inputValue("#email"));
        }
    }

    @Test
    void theForecastAppearsWhileOneTypes() {
        try (BrowserContext window = chromium.window(Chromium.Screen.DESKTOP)) {
            Page page = window.newPage();
            page.navigate(LivedIn.address("/subscribe"));
            page.locator("#keywords").pressSequentially("diffusion");
            page.locator(".forecast").waitFor();
            assertTrue(page.locator(".forecast").innerText().contains("diffusion"));
        }
    }

    @Test
    void thePagesDoNotMoveWhileTheyLoad() {
        for (Chromium.Screen screen : List.of(Chromium.Screen.DESKTOP, Chromium.Screen.PHONE)) {
            try (BrowserContext window = chromium.window(screen)) {
                Page page = window.newPage();
                for (String path :
                        List.of("/papers?date=" + LivedIn.DAY, "/subscribe", "/papers/2603.00004", "/topics")) {
                    page.navigate(LivedIn.address(path));
                    page.waitForLoadState();
                    Object moved = page.evaluate("""
                            () => new Promise(done => {
                              let sum = 0;
                              new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
                                .observe({type: 'layout-shift', buffered: true});
                              setTimeout(() => done(sum), 300);
                            })""");
                    assertEquals(0.0, ((Number) moved).doubleValue(), path + ", " + screen);
                }
            }
        }
    }

    @Test
    void nothingIsWiderThanAPhone() {
        try (BrowserContext window = chromium.window(Chromium.Screen.PHONE)) {
            Page page = window.newPage();
            Stream.of(
                            "/papers?date=" + LivedIn.DAY,
                            "/papers?date=" + LivedIn.DAY + "&period=week",
                            "/papers?q=diffusion",
                            "/papers/2603.00004",
                            "/subscribe",
                            "/topics")
                    .forEach(path -> {
                        page.navigate(LivedIn.address(path));
                        int wide = ((Number) page.evaluate("() => document.documentElement.scrollWidth")).intValue();
                        assertTrue(wide <= 390, path + " is " + wide + " wide");
                    });
        }
    }
}
