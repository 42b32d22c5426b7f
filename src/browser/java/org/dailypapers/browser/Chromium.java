package org.dailypapers.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine, driven by Playwright; a test that asks for it is skipped where none is installed. */
final class Chromium implements AutoCloseable {

    /** How a reader looks at pages. */
    record Screen(int width, int height, ColorScheme scheme, boolean scripts, String language) {

        static final Screen DESKTOP = new Screen(1440, 900, ColorScheme.LIGHT, true, "en");
        static final Screen PHONE = new Screen(390, 844, ColorScheme.LIGHT, true, "en");

        Screen dark() {
            return new Screen(width, height, ColorScheme.DARK, scripts, language);
        }

        Screen withoutScripts() {
            return new Screen(width, height, scheme, false, language);
        }

        @Override
        public String toString() {
            return width + " × " + height + ", " + scheme + (scripts ? "" : ", without scripts") + ", " + language;
        }
    }

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium open() {
        Optional<Path> installed = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(installed.isPresent(), "skipped: there is no Chromium on the PATH");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(installed.get())
                                .setArgs(
                                        List.of("--no-sandbox", "--disable-background-networking", "--disable-quic"))));
    }

    /** A window without a past. Axe is a script of the test's own, which the pages' policy would not let in. */
    BrowserContext window(Screen screen) {
        return browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                .setColorScheme(screen.scheme())
                .setJavaScriptEnabled(screen.scripts())
                .setLocale(screen.language())
                .setTimezoneId("Europe/Berlin")
                .setBypassCSP(screen.scripts()));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
