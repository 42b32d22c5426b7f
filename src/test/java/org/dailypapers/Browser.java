package org.dailypapers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A headless Chromium, where one is installed; a test that asks for it is skipped elsewhere, and says so. */
public final class Browser {

    private Browser() {}

    /** The page as it stands when its scripts have run. */
    public static Document page(String address) throws IOException, InterruptedException {
        return page(address, Map.of());
    }

    /** The same in a browser with more in its environment. */
    public static Document page(String address, Map<String, String> environment)
            throws IOException, InterruptedException {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "skipped: there is no Chromium on the PATH");
        Path profile = Files.createTempDirectory("browser");
        Path seen = profile.resolve("page.html");
        var start = new ProcessBuilder(
                        chromium.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-quic",
                        "--user-data-dir=" + profile,
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        address)
                .redirectOutput(seen.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        start.environment().putAll(environment);
        Process process = start.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("Chromium did not end within a minute");
        }
        return Jsoup.parse(Files.readString(seen), address);
    }
}
