package org.dailypapers.browser;

import io.restassured.RestAssured;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;

/** A service with some days behind it. */
@ApplicationScoped
public class LivedIn {

    /** The day of the second edition. */
    static final String DAY = "2026-03-02";

    private static final List<String> WORDS = List.of(
            "attention",
            "diffusion",
            "graph",
            "language",
            "model",
            "policy",
            "protein",
            "reasoning",
            "robot",
            "speech");

    private final FreshService service;
    private final ScriptedSource source;
    private final Schedule schedule;
    private final MovedClock clock;
    private final Database database;

    LivedIn(FreshService service, ScriptedSource source, Schedule schedule, MovedClock clock, Database database) {
        this.service = service;
        this.source = source;
        this.schedule = schedule;
        this.clock = clock;
        this.database = database;
    }

    /** Two editions of forty papers, the second one still open. */
    void begin() {
        service.at("2026-03-01T12:00:00Z");
        var random = new Random(7);
        for (int i = 0; i < 80; i++) {
            source.list(paper(i, i < 40 ? "2026-03-01" : DAY, random));
        }
        schedule.tick();
        clock.moveTo("2026-03-02T12:00:00Z");
        schedule.tick();
        showPictures();
        service.awaitSearch();
    }

    /** Of every fifth paper, of some without votes too. */
    private void showPictures() {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(400, 180, BufferedImage.TYPE_INT_RGB), "jpeg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String image = Base64.getEncoder().encodeToString(bytes.toByteArray());
        database.update("insert into thumbnail_image (paper_id, image) select id, '" + image
                + "' from paper where mod(id, 5) = 0");
        database.update("update paper set thumbnail = '0123456789abcdef01234567' where mod(id, 5) = 0");
        database.update("update paper set votes = null, comments = null, stars = null where mod(id, 20) = 0");
    }

    /** Closes the second edition and sends what is due on the morning after. */
    void closeTheDay() {
        for (String hour : List.of("07", "09", "10")) {
            clock.moveTo("2026-03-03T" + hour + ":00:00Z");
            schedule.tick();
        }
    }

    private static PaperRecord paper(int number, String day, Random random) {
        String title = WORDS.get(number % 10) + " and " + WORDS.get(random.nextInt(10)) + ", part " + number;
        return PaperRecord.titled(Character.toUpperCase(title.charAt(0)) + title.substring(1))
                .id(PaperId.arxiv("2603.%05d".formatted(number)).orElseThrow())
                .summary(IntStream.range(0, 150)
                        .mapToObj(n -> WORDS.get(random.nextInt(WORDS.size())))
                        .collect(Collectors.joining(" ", "We show ", ".")))
                .authors(IntStream.rangeClosed(1, 1 + number % 14)
                        .mapToObj(n -> "Ada Lovelace " + n)
                        .toList())
                .organization(number % 3 == 0 ? "Analytical Engines" : null)
                .categories(List.of("cs.LG", number % 2 == 0 ? "cs.CL" : "cs.CV"))
                .listed(LocalDate.parse(day))
                .published(Instant.parse("2026-03-01T09:00:00Z"))
                .votes(number % 4 == 3 ? null : number)
                .comments(number)
                .build();
    }

    /** Where a path of the service lies while tests run. */
    static String address(String path) {
        return "http://localhost:" + RestAssured.port + path;
    }

    /** The same of a link in a letter, which names the address of the settings. */
    static String here(String link) {
        return address(link.substring(link.indexOf('/', "http://".length())));
    }
}
