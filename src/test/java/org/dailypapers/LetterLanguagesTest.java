package org.dailypapers;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.audience.ReaderExport;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.delivery.FaultySmtpServer;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.outbox.RetrySchedule;
import org.dailypapers.paper.PaperId;
import org.dailypapers.smtp.Relay;
import org.dailypapers.smtp.RelayAddress;
import org.dailypapers.smtp.RelaySettings;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriptions;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters in the languages of their readers; nothing in them that stands in no file of messages. */
@QuarkusTest
class LetterLanguagesTest {

    /** Whose every sentence stands in brackets, and which is read from the right. */
    private static final String BRACKETS = "ar-XB";

    private static final LocalDate EDITION = LocalDate.parse("2026-03-01");
    private static final EmailAddress ADA =
            EmailAddress.parse("ada@example.org").orElseThrow();

    /** What is the instance's own, not a sentence. */
    private static final Pattern OWN =
            Pattern.compile("https?://\\S+|Daily Papers|DAILY PAPERS", Pattern.CASE_INSENSITIVE);

    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}+");

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    ScriptedSource source;

    @Inject
    House house;

    @Inject
    Intake intake;

    @Inject
    Schedule schedule;

    @Inject
    DigestComposer composer;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Database database;

    @Inject
    Delivery delivery;

    @Inject
    Subscriptions subscriptions;

    @Inject
    ReaderExport exports;

    /** Papers without a Latin letter: one that is found in a letter is ours. */
    @BeforeEach
    void papersInGreek() {
        service.at("2026-03-02T12:00:00Z");
        var papers = new ArrayList<PaperRecord>();
        for (int i = 1; i <= 6; i++) {
            papers.add(PaperRecord.titled("Λόγος " + i + (i == 1 ? ";?" : "") + " των μηχανών")
                    .id(PaperId.arxiv("2603.0000" + i).orElseThrow())
                    .summary("Γράφος και λόγος. ".repeat(30))
                    .authors(List.of("Άδα", "Βήτα", "Γάμμα", "Δέλτα", "Έψιλον", "Ζήτα", "Ήτα"))
                    .organization("Ακαδημία")
                    .keywords(List.of("σοφία"))
                    .listed(i < 6 ? EDITION : LocalDate.parse("2026-02-28"))
                    .published(Instant.parse("2026-02-27T00:00:00Z"))
                    .votes(i * 10)
                    .comments(i)
                    .build());
        }
        papers.add(PaperRecord.titled("Άλλο τι;")
                .id(PaperId.arxiv("2603.00009").orElseThrow())
                .listed(EDITION)
                .votes(200)
                .build());
        intake.file(ScriptedSource.NAME, papers.stream(), n -> {});
    }

    @Test
    void noLetterHasASentenceThatStandsInNoFileOfMessages() {
        var letters = new ArrayList<PostOffice.Received>();
        try (var office = new PostOffice()) {
            optIn.request(
                    ADA,
                    house.reader("ada")
                            .interestedIn("λόγος")
                            .interestedIn("author:\"Άδα\"")
                            .interestedIn("σοφία")
                            .filled()
                            .speaking(BRACKETS)
                            .preferences());
            letters.addAll(office.deliver(delivery));
            optIn.confirm(
                    Long.parseLong(database.rows("select max(id) from request").strip()));
            letters.addAll(office.deliver(delivery));
            house.reader("ben")
                    .interestedIn("topic:speech")
                    .interestedIn("λόγος")
                    .speaking(BRACKETS)
                    .confirmed();
            house.reader("cleo").filled().speaking(BRACKETS).confirmed();
            source.beQuietOn("2026-03-01", "Πηγή");
            composer.composeByHand(EDITION, null, n -> {});
            letters.addAll(office.deliver(delivery));
            source.reset();
            house.reader("dora")
                    .interestedIn("λόγος")
                    .filled()
                    .weekly(java.time.DayOfWeek.FRIDAY)
                    .speaking(BRACKETS)
                    .confirmed();
            for (int day = 0; day < 7; day++) {
                source.list(House.paper(
                        "2603.0010" + day,
                        "Λόγος ημέρας " + day,
                        LocalDate.parse("2026-03-02").plusDays(day).toString(),
                        day));
                for (int hour = 0; hour < 24; hour++) {
                    clock.move(Duration.ofHours(1));
                    schedule.tick();
                }
            }
            letters.addAll(office.deliver(delivery));
            optIn.request(ADA, house.reader("ada").interestedIn("λόγος").preferences());
            optIn.link(ADA);
            letters.addAll(office.deliver(delivery));
        }
        assertTrue(letters.size() >= 7, letters.size() + " letters");
        for (PostOffice.Received letter : letters) {
            Document html = Jsoup.parse(letter.html());
            assertEquals(List.of(), unbracketed(letter.subject()), letter.subject());
            assertEquals(List.of(), unbracketed(letter.text()), letter.text());
            assertEquals(List.of(), unbracketed(html.wholeText()), letter.html());
            for (Element element : html.getAllElements()) {
                for (String attribute : List.of("alt", "title", "aria-label", "summary")) {
                    assertEquals(List.of(), unbracketed(element.attr(attribute)), element.toString());
                }
            }
            assertEquals("ar-XB", letter.header("Content-Language"));
        }
    }

    private static List<String> unbracketed(String text) {
        var outside = new StringBuilder();
        int depth = 0;
        for (char sign : OWN.matcher(text.replace('\n', ' ')).replaceAll(" ").toCharArray()) {
            depth += sign == '⟦' ? 1 : 0;
            outside.append(depth == 0 ? sign : ' ');
            depth -= sign == '⟧' ? 1 : 0;
        }
        // House.paper's abstract begins in English.
        return WORD.matcher(outside)
                .results()
                .map(found -> found.group())
                .filter(word -> !word.equals("About"))
                .toList();
    }

    @Test
    void noTemplateOfALetterToReadersHasWordsOfItsOwn() throws IOException {
        try (Stream<Path> templates = Files.list(Path.of("../templates/letter"))) {
            for (Path template : templates
                    .filter(t -> !t.getFileName().toString().startsWith("alarm."))
                    .toList()) {
                String own = Files.readString(template)
                        .replaceAll("(?s)<style>.*?</style>|<!--.*?-->|<!doctype html>", " ")
                        .replaceAll("\\{[^{}]*}", " ")
                        .replaceAll("<[^<>]*>|&#?\\w+;", " ");
                assertEquals(
                        List.of(),
                        Pattern.compile("\\p{L}+")
                                .matcher(own.replaceAll("/(subscribe|more|less|save|mute)\\b", ""))
                                .results()
                                .map(found -> found.group())
                                .toList(),
                        template.toString());
            }
        }
    }

    @Test
    void oneThatIsReadFromTheRightIsMirroredAndItsPapersAreNot() {
        PostOffice.Received letter = digest(BRACKETS);
        Document html = Jsoup.parse(letter.html());
        assertEquals("rtl", html.selectFirst("html").attr("dir"));
        // Gmail keeps no more than what stands within the body.
        assertEquals("rtl", html.selectFirst("[role=main]").attr("dir"));
        assertEquals("ar-XB", html.selectFirst("[role=main]").attr("lang"));
        for (Element title : html.select("h2 a")) {
            assertEquals("ltr", title.closest("[dir]").attr("dir"));
            assertEquals("en", title.closest("[lang]").attr("lang"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "fr", "es", "zh", "ja"})
    void eachPartSaysItsLanguageAndPapersTheirs(String language) {
        PostOffice.Received letter = digest(language);
        String tag = language.equals("zh") ? "zh-Hans" : language;
        Document html = Jsoup.parse(letter.html());
        assertEquals(tag, letter.header("Content-Language"));
        assertEquals(tag, html.selectFirst("html").attr("lang"));
        assertEquals("ltr", html.selectFirst("html").attr("dir"));
        html.select("h2 a")
                .forEach(title -> assertEquals("en", title.closest("[lang]").attr("lang")));
        letter.text()
                .lines()
                .filter(line -> !line.contains("://"))
                .forEach(line -> assertTrue(columns(line) <= 72, columns(line) + ": " + line));
    }

    private static int columns(String line) {
        return line.codePoints().map(c -> c >= 0x2E80 && c < 0xFFE7 ? 2 : 1).sum();
    }

    @Test
    void aSubjectInJapaneseIsFoldedIntoWordsThatAnyoneDecodes() {
        intake.file(
                "jsonl",
                Stream.of(PaperRecord.titled("Σπάνιο: " + "大規模言語モデルの推論を速くするには何が要るか".repeat(3) + "？")
                        .id(PaperId.arxiv("2603.00077").orElseThrow())
                        .listed(EDITION)
                        .votes(500)
                        .build()),
                n -> {});
        house.reader("ada")
                .interestedIn("title:σπάνιο^9")
                .interestedIn("λόγος")
                .speaking("ja")
                .confirmed();
        PostOffice.Received letter = composed();
        assertTrue(letter.subject().startsWith("Σπάνιο") && letter.subject().endsWith("？ ほか 5 本"), letter.subject());
        String raw = letter.source().substring(0, letter.source().indexOf("\r\n\r\n"));
        raw.lines()
                .filter(line -> !line.contains("://"))
                .forEach(line -> assertTrue(line.length() <= 78 && line.chars().allMatch(c -> c < 128), line));
        Pattern.compile("=\\?\\S*\\?=")
                .matcher(raw)
                .results()
                .forEach(word -> assertTrue(word.group().length() <= 75));
    }

    private PostOffice.Received digest(String language) {
        house.reader("ada").interestedIn("λόγος").filled().speaking(language).confirmed();
        return composed();
    }

    private PostOffice.Received composed() {
        composer.composeByHand(EDITION, null, n -> {});
        try (var office = new PostOffice()) {
            return office.deliver(delivery).getLast();
        }
    }

    @Test
    void whoChoosesAnotherLanguageChangesNoLetterThatIsOnItsWay() {
        house.reader("ada").interestedIn("λόγος").speaking("de").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        optIn.link(ADA);
        database.update("update subscriber set language = 'ja'");
        try (var office = new PostOffice()) {
            List<PostOffice.Received> letters = office.deliver(delivery);
            assertEquals(2, letters.size());
            letters.forEach(letter -> assertEquals("de", letter.header("Content-Language")));
        }
    }

    @Test
    void aLetterWhoseReplyWasLostGoesAgainByteForByteWhateverItsReaderChoseMeanwhile() {
        optIn.request(
                ADA, house.reader("ada").interestedIn("λόγος").speaking("de").preferences());
        house.reader("ben").interestedIn("λόγος").speaking("de").confirmed();
        composer.composeByHand(EDITION, null, n -> {});
        try (var server = new FaultySmtpServer()) {
            server.script(FaultySmtpServer.Stage.DOT, new FaultySmtpServer.Fault.HangsUp());
            server.script(FaultySmtpServer.Stage.DOT, new FaultySmtpServer.Fault.HangsUp());
            var relay = new Relay(new RelayAddress(
                    "127.0.0.1",
                    server.port(),
                    RelaySettings.Security.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    10_000,
                    "test.example"));
            delivery.drain(relay);
            database.update("update subscriber set language = 'ja'");
            clock.move(RetrySchedule.AFTER_UNKNOWN);
            delivery.drain(relay);
            assertEquals(4, server.ledger().size());
            for (String reader : List.of("ada@example.org", "ben@example.org")) {
                List<FaultySmtpServer.Taken> both = server.ledger().stream()
                        .filter(taken -> taken.recipient().equals(reader))
                        .toList();
                assertEquals(2, both.size(), reader);
                assertArrayEquals(both.getFirst().bytes(), both.getLast().bytes(), reader);
            }
        }
    }

    @Test
    void theLanguageStandsBesideTheButtonInTheExportAndOnTheLettersPage() {
        optIn.request(
                ADA, house.reader("ada").interestedIn("λόγος").speaking("de").preferences());
        try (var office = new PostOffice()) {
            String confirm = link(office.deliver(delivery).getLast(), "confirm");
            assertTrue(given().get(confirm).asString().contains("Deutsch"));
            optIn.confirm(
                    Long.parseLong(database.rows("select max(id) from request").strip()));
            Document page =
                    Jsoup.parse(given().get(link(office.deliver(delivery).getLast(), "letters"))
                            .asString());
            assertEquals("de", page.selectFirst("html").attr("lang"));
            assertTrue(page.text().contains("Willkommen."), page.text());
        }
        String export = new String(exports.json(subscriptions.find(ADA).orElseThrow()), StandardCharsets.UTF_8);
        assertTrue(export.contains("\"language\" : \"de\""), export);
    }

    private static String link(PostOffice.Received letter, String page) {
        return Pattern.compile("/" + page + "/[\\w-]+")
                .matcher(letter.text())
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }

    @Test
    void theFormsLanguageIsTheBrowsersUnlessAnotherIsChosen() {
        assertEquals("de", chosen("de-AT,de;q=0.9,en;q=0.5", ""));
        assertEquals("fr", chosen("de-AT,de;q=0.9,en;q=0.5", "?lang=fr"));
        assertEquals("en", chosen("tlh", "?lang=tlh"));
        given().header("Accept-Language", "es")
                .formParam("email", "ada@example.org")
                .post("/subscribe")
                .then()
                .statusCode(200);
        given().header("Accept-Language", "es")
                .formParam("email", "ben@example.org")
                .formParam("language", "zh")
                .post("/subscribe")
                .then()
                .statusCode(200);
        assertEquals("es\nzh\n", database.rows("select language from request order by id"));
        String refused = given().formParam("email", "cleo@example.org")
                .formParam("language", "tlh")
                .post("/subscribe")
                .then()
                .statusCode(400)
                .extract()
                .asString();
        assertFalse(
                Jsoup.parse(refused).select("[aria-describedby=fault-language]").isEmpty(), refused);
    }

    @Test
    void aFormThatComesBackKeepsWhatTheBannerDidNotAsk() {
        for (String action : List.of("subscribe", "preview")) {
            Document page = Jsoup.parse(given().header("Accept-Language", "de")
                    .formParam("email", "no address")
                    .formParam("keywords", "graphs")
                    .formParam("action", action)
                    .post("/subscribe")
                    .asString());
            assertEquals("de", page.select("#language option[selected]").attr("value"), action);
            assertEquals("weekdays", page.select("#frequency option[selected]").attr("value"), action);
            assertEquals("10", page.select("#size").attr("value"), action);
            assertEquals("graphs", page.select("#keywords").text(), action);
            assertTrue(page.selectFirst("[name=fill]").hasAttr("checked"), action);
        }
        Document link = Jsoup.parse(given().header("Accept-Language", "de")
                .formParam("email", "no address")
                .post("/link")
                .asString());
        assertEquals("de", link.select("#language option[selected]").attr("value"));
    }

    private static String chosen(String header, String query) {
        return Jsoup.parse(given().header("Accept-Language", header)
                        .get("/subscribe" + query)
                        .asString())
                .select("#language option[selected]")
                .val();
    }
}
