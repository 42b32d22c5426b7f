package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.ScriptedSource;
import org.dailypapers.bounce.wording.Reason;
import org.dailypapers.edition.Intake;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.language.PageMessages;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.preference.Offered;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PageLanguagesTest {

    /** Its sentences stand in brackets, and it is read from the right. */
    private static final String BRACKETS = "ar-XB";

    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}{2,}");

    /** Names, and what is written the same everywhere. */
    private static final List<String> NAMES = List.of(
            "Daily Papers", "UTC", "you@example.org", "arxiv", "arXiv", "jsonl", "scripted", "http://", "localhost");

    private static final List<String> SAID = List.of(
            "aria-label",
            "aria-description",
            "placeholder",
            "title",
            "alt",
            "data-rate",
            "data-rate-one",
            "data-most",
            "data-hint",
            "data-fault",
            "data-more",
            "data-begins",
            "data-trending");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Intake intake;

    @Inject
    LinkTokens tokens;

    @Inject
    Languages languages;

    @Inject
    Offered offered;

    @BeforeEach
    void begin() {
        service.at("2026-03-03T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(paper("2603.00001", "2026-03-02", 80), paper("2603.00002", "2026-03-02", null)),
                n -> {});
    }

    private static PaperRecord paper(String id, String listed, Integer votes) {
        return PaperRecord.titled("Robots that listen " + id)
                .id(PaperId.arxiv(id).orElseThrow())
                .summary("About robots and speech. ".repeat(20))
                .authors(List.of("Ada One", "Bo Two", "Cy Three", "Di Four", "Ed Five", "Fay Six", "Gil Seven"))
                .listed(LocalDate.parse(listed))
                .votes(votes)
                .comments(votes == null ? null : 3)
                .build();
    }

    private static Response get(String address, String accepted) {
        return given().redirects()
                .follow(false)
                .header("Accept-Language", accepted)
                .get(address);
    }

    private static RequestSpecification form(String accepted) {
        return given().redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .header("Accept-Language", accepted);
    }

    private static Document read(Response answer) {
        return Jsoup.parse(answer.asString());
    }

    /** What a page says outside the brackets of the language of tests, papers and names left out. */
    private static List<String> unsaid(Document page) {
        var found = new ArrayList<String>();
        var outside = new StringBuilder();
        int[] depth = {0};
        page.select("script, style, datalist, textarea, code, bdi, .names, nav.languages, #language option")
                .remove();
        page.select("[lang=en]").remove();
        NodeTraversor.traverse(
                (node, level) -> {
                    if (node instanceof TextNode text) {
                        outside.append(outside(text.getWholeText(), depth)).append('\n');
                    } else if (node instanceof Element element) {
                        for (Attribute attribute : element.attributes()) {
                            if (SAID.contains(attribute.getKey())) {
                                outside.append(outside(attribute.getValue(), new int[] {0}))
                                        .append('\n');
                            }
                        }
                    }
                },
                page);
        String rest = outside.toString();
        for (String name : NAMES) {
            rest = rest.replace(name, " ");
        }
        WORD.matcher(rest).results().forEach(word -> found.add(word.group()));
        return found;
    }

    private static String outside(String text, int[] depth) {
        var kept = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '⟦') {
                depth[0]++;
            } else if (c == '⟧') {
                depth[0]--;
            } else if (depth[0] == 0) {
                kept.appendCodePoint(c);
            }
        });
        return kept.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/papers?date=2026-03-02",
                "/papers?date=2026-03-01",
                "/papers?date=2026-03-02&period=week",
                "/papers?date=2026-03-02&period=month",
                "/papers?date=2026-03-02&topic=speech-and-audio",
                "/papers?q=",
                "/papers?q=robots",
                "/papers?q=robots,speech",
                "/papers?q=nothing-like-that",
                "/papers?q=(robots",
                "/topics",
                "/about",
                "/related",
                "/topics/robotics",
                "/papers/2603.00001",
                "/subscribe",
                "/papers?date=x",
                "/papers?date=1990-01-01",
                "/papers?period=century",
                "/papers?q=robots&order=worst",
                "/papers?q=robots&year=two",
                "/papers?q=robots&page=0",
                "/papers?page=x",
                "/papers?topic=none",
                "/nowhere"
            })
    void everySentenceOfAPageIsInItsLanguage(String address) {
        Document page = read(get(address, BRACKETS));
        assertEquals(BRACKETS, page.selectFirst("html").attr("lang"), address);
        assertEquals("rtl", page.selectFirst("html").attr("dir"), address);
        assertEquals(List.of(), unsaid(page), address);
    }

    @Test
    void everySentenceOfAFormIsInItsLanguage() {
        var pages = new LinkedHashMap<String, Response>();
        pages.put(
                "faults",
                form(BRACKETS)
                        .formParams(
                                Map.of("email", "no address", "keywords", "(open\ntitel:x", "author", "?", "size", "0"))
                        .formParams(Map.of("timezone", "Europe/Berln", "frequency", "never", "topic", "none"))
                        .post("/subscribe"));
        pages.put(
                "preview",
                form(BRACKETS)
                        .formParams(Map.of("action", "preview", "keywords", "robots\nnothinglike", "fill", "on"))
                        .post("/subscribe"));
        pages.put("asked", form(BRACKETS).formParam("email", "ada@example.org").post("/subscribe"));
        pages.put(
                "person",
                form(BRACKETS)
                        .formParams(Map.of("email", "a@example.org", "leave-empty", "x"))
                        .post("/subscribe"));
        pages.put("link", form(BRACKETS).formParam("email", "no").post("/link"));
        assertAll(pages.entrySet().stream()
                .map(page -> () -> assertEquals(List.of(), unsaid(read(page.getValue())), page.getKey())));
    }

    @ParameterizedTest
    @CsvSource({
        "'', en",
        "de, de",
        "'de-AT,de;q=0.9,en;q=0.8', de",
        "'sv, fr-CA;q=0.7, de;q=0.9', de",
        "'ja-JP', ja",
        "'zh-TW', en",
        "'xx', en",
        "';;;=', en"
    })
    void aPageSpeaksWhatTheBrowserAsksFor(String accepted, String language) {
        for (String address : List.of("/", "/papers?q=robots", "/subscribe", "/nowhere", "/papers/2603.00001")) {
            Response answer = get(address, accepted);
            String tag = languages.of(language).htmlTag();
            assertEquals(tag, read(answer).selectFirst("html").attr("lang"), address);
            assertEquals(tag, answer.header("Content-Language"), address);
            assertTrue(answer.headers().getValues("Vary").toString().contains("Accept-Language"), address);
        }
    }

    @Test
    void aPageThatWasKeptInOneLanguageIsServedInNoOther() {
        for (String language : List.of("de", "en", "ja", "de", "fr", "en", "zh", "es")) {
            PageMessages say = languages.of(language).page();
            for (String address : List.of("/", "/papers?date=2026-03-02", "/papers?date=2026-03-02&period=week")) {
                Document page = read(get(address, language));
                assertEquals(say.getTrending(), page.getElementById("banner").text(), address);
                assertFalse(page.selectFirst("nav.languages a").attr("href").contains("lang=" + language));
            }
        }
    }

    @Test
    void whoAsksForALanguageByTheAddressKeepsItOnEveryPage() {
        Document plain = read(get("/", "de"));
        assertEquals(
                "/topics", plain.selectFirst(".masthead nav a[href*=topics]").attr("href"));
        Document asked = read(get("/?lang=fr", "de"));
        assertEquals("fr", asked.selectFirst("html").attr("lang"));
        for (Element link : asked.select("a[href^=/], form[action^=/]")) {
            String address = link.attr(link.tagName().equals("a") ? "href" : "action");
            boolean file = address.startsWith("/feed.") || address.startsWith("/q/") || address.contains(".bib");
            assertEquals(
                    file ? 0 : 1,
                    Pattern.compile("[?&]lang=").matcher(address).results().count(),
                    address);
        }
        assertEquals("fr", asked.selectFirst("input[name=lang]").attr("value"), "a search keeps it too");
        assertEquals(
                "fr", read(get("/subscribe?lang=fr", "de")).selectFirst("html").attr("lang"));
        assertEquals(
                "de",
                read(get("/?lang=<script>", "de")).selectFirst("html").attr("lang"),
                "what is no language asks for none");
    }

    @Test
    void theSwitchLeadsToTheSamePageInOtherLanguages() {
        Document page = read(get("/papers?q=robots&lang=de&order=newest", "en"));
        assertEquals(
                languages.offered().size() - 1, page.select("nav.languages a").size());
        Element french = page.selectFirst("nav.languages a[hreflang=fr]");
        assertEquals("/papers?q=robots&order=newest&lang=fr", french.attr("href"));
        assertEquals("fr", french.attr("lang"));
        assertEquals("Français", french.text());
        assertEquals("Deutsch", page.selectFirst("nav.languages [aria-current]").text());
        assertEquals(
                "/papers?date=2026-03-02&lang=de",
                read(get("/papers?date=2026-03-02&utm=x", "en"))
                        .selectFirst("nav.languages a[hreflang=de]")
                        .attr("href"),
                "a page that is kept holds nobody's own address");
        assertTrue(
                read(get("//evil.example/", "en"))
                        .select("nav.languages a[href^=//]")
                        .isEmpty(),
                "no link leads to another host");
    }

    @Test
    void papersKeepTheirOwnLanguage() {
        Document german = read(get("/papers?date=2026-03-02", "de"));
        assertEquals("en", german.selectFirst(".paper h3 bdi").attr("lang"));
        assertEquals("en", german.selectFirst(".paper .about").attr("lang"));
        assertEquals(
                "en",
                read(get("/papers/2603.00001", "de")).selectFirst("h1 bdi").attr("lang"));
        assertTrue(read(get("/papers/2603.00001", "en")).select("h1 [lang]").isEmpty());
        assertTrue(
                german.selectFirst("h1").text().equals("Montag, 2. März 2026"),
                german.selectFirst("h1").text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(a",
                "a)",
                "-a",
                "a ^x",
                "((((((((((a))))))))))",
                "a OR",
                "a AND",
                "a ! b",
                "a - b",
                "a NOT",
                "titel:a",
                "quark:a",
                "title: a",
                "title:(topic:x)",
                "topic:",
                "title:(author:x)",
                "\"a",
                "\"\"",
                "=",
                "author:=x",
                "=agent*",
                "a*b",
                "aa* bb* cc* dd* ee*",
                "???",
                "a\u0000b"
            })
    void aFaultOfAnInterestIsTheSameInEnglishWhoeverSaysIt(String line) {
        InterestError error = assertInstanceOf(InterestError.class, InterestParser.parse(line));
        assertEquals(error.message(), error.said().in(languages.english().fault()));
        assertFalse(
                error.said().in(languages.of("de").fault()).contains(error.reason()),
                "the German page says it in German");
    }

    @Test
    void aFaultOfAFormIsTheSameInEnglishWhoeverSaysIt() {
        var form = new PreferencesForm(
                List.of("none", "none-either"),
                "(a\n".repeat(12),
                "?\n!",
                "never",
                "9",
                "99",
                "Europe/Berln",
                "0",
                true,
                "-1",
                "xx");
        var faulty = assertInstanceOf(
                PreferencesForm.Faulty.class, form.read(offered, Preferences.standard(java.time.ZoneOffset.UTC)));
        faulty.faults()
                .forEach((field, fault) -> assertEquals(
                        fault.english(), fault.in(languages.english().fault()), field));
        for (String address : List.of("", "a b@c.de", "a\u0001b@c.de", "a@b.de,c@d.de", "nobody", "a@@b.de")) {
            var fault = assertInstanceOf(EmailAddress.Faulty.class, EmailAddress.read(address))
                    .fault();
            assertEquals(fault.english(), fault.in(languages.english().fault()), address);
        }
    }

    @Test
    void theBylineNamesSomeAuthorsAndCountsTheRest() {
        Language english = languages.english();
        var paper = new Paper();
        paper.authors = List.of();
        assertNull(PaperCard.byline(english, paper));
        paper.authorCount = 7;
        assertEquals("7 authors", PaperCard.byline(english, paper));
        paper.authors = List.of("Ada", "Bo", "Cy", "Di", "Ed", "Fay");
        assertEquals("Ada, Bo, Cy, Di, Ed and 2 more", PaperCard.byline(english, paper));
        assertEquals("Ada, Bo, Cy, Di, Ed und 2 weitere", PaperCard.byline(languages.of("de"), paper));
        paper.authorCount = 6;
        assertEquals("Ada, Bo, Cy, Di, Ed, Fay", PaperCard.byline(english, paper), "one more is named");
    }

    @Test
    void theForecastIsToldInTheLanguageOfThePageAndElseInEnglish() {
        String asked = "{\"interests\": [\"robots,speech\", \"(open\"]}";
        var english = given().contentType("application/json").body(asked).post("/api/v1/forecast");
        assertTrue(english.asString().contains("is read with each comma as “and”"), english.asString());
        assertTrue(english.asString().contains("This bracket is not closed (at character 1)"));
        var german = given().contentType("application/json").body(asked).post("/api/v1/forecast?lang=de");
        assertTrue(german.asString().contains("jedes Komma wird als „und“ gelesen"), german.asString());
        assertTrue(german.asString().contains("Diese Klammer ist nicht geschlossen (bei Zeichen 1)"));
        Element panel = read(get("/subscribe", "de")).selectFirst(".forecast");
        assertEquals("de", panel.attr("data-lang"));
        assertEquals("Etwa <strong>{0} Papers pro Tag</strong> in den letzten {1} Ausgaben", panel.attr("data-rate"));
        assertEquals("„{0}“: {1}.", panel.attr("data-hint"));
    }

    @Test
    void programsAreToldInEnglish() {
        for (String address : List.of("/api/v1/papers/nowhere", "/api/v1/papers?q=(", "/feed.atom?q=(")) {
            assertEquals(
                    given().get(address).asString(), get(address, "de").asString(), "whatever their client asks for");
        }
    }

    @Test
    void thePagesOfALinkAreInTheirReadersLanguage() {
        form("en").formParam("email", "ada@example.org").post("/subscribe");
        long request =
                Long.parseLong(database.rows("select max(id) from subscriber").strip());
        var addresses = new ArrayList<String>();
        addresses.add("/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, request));
        addresses.add("/preferences/" + tokens.issue(TokenPurpose.PRIVATE, request));
        addresses.add("/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, request));
        String learned = "/learned/" + tokens.issue(TokenPurpose.PRIVATE, request);
        addresses.add(learned);
        for (String address : addresses) {
            assertEquals(List.of(), unsaid(read(get(address + "?lang=" + BRACKETS, "en"))), address);
        }
        database.update("update subscriber set language = 'de'");
        for (String address : addresses) {
            assertEquals("de", read(get(address, "ja")).selectFirst("html").attr("lang"), "their own");
            assertEquals(
                    "fr",
                    read(get(address + "?lang=fr", "ja")).selectFirst("html").attr("lang"),
                    "or what is asked");
        }
        for (String action : List.of("library", "on", "off", "unmute", "nonsense", "forget", "forget-all")) {
            Document page = read(form(BRACKETS)
                    .formParams(Map.of("action", action, "library", "2603.00001\n10.1000/182", "id", "1"))
                    .post(learned + "?lang=" + BRACKETS));
            assertEquals(List.of(), unsaid(page), action);
        }
        for (Map<String, String> fields : List.of(
                Map.of("size", "0", "keywords", "(a"), Map.of("keywords", "robots", "pause-until", "2026-03-09"))) {
            for (String action : List.of("save", "preview", "pause", "feed", "link", "retry", "resume", "nonsense")) {
                Document page = read(form(BRACKETS)
                        .formParams(fields)
                        .formParam("action", action)
                        .post(addresses.getFirst() + "?lang=" + BRACKETS));
                assertEquals(List.of(), unsaid(page), action + fields);
            }
        }
        Document erased =
                read(form(BRACKETS).formParam("action", "erase").post(addresses.get(1) + "?lang=" + BRACKETS));
        assertEquals(List.of(), unsaid(erased), "erase");
    }

    private String confirmation() {
        return "/confirm/"
                + tokens.issue(
                        TokenPurpose.CONFIRM,
                        Long.parseLong(
                                database.rows("select max(id) from request").strip()));
    }

    @Test
    void whatIsKeptOfAConsentIsTheSentenceThatWasShown() {
        for (String asked : List.of("", "?lang=fr")) {
            form("de")
                    .formParam("email", "ada" + asked.length() + "@example.org")
                    .post("/subscribe");
            String address = confirmation() + asked;
            Document shown = read(get(address, "ja"));
            assertEquals(
                    asked.isEmpty() ? "de" : "fr", shown.selectFirst("html").attr("lang"));
            String sentence = shown.selectFirst(".message h1 + p").text();
            given().header("Accept-Language", "ja")
                    .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                    .formParam("seen", shown.selectFirst("input[name=seen]").attr("value"))
                    .post(shown.selectFirst(".message form").attr("action"))
                    .then()
                    .statusCode(200);
            String kept = database.rows("select wording from consent order by id desc limit 1");
            assertTrue(kept.startsWith(sentence), kept);
        }
    }

    @Test
    void confirmingAndLeavingSpeakTheReadersLanguageToo() {
        form("en").formParam("email", "ada@example.org").post("/subscribe");
        String spoken = "?lang=" + BRACKETS;
        String confirm = confirmation() + spoken;
        String leave = "/unsubscribe/"
                + tokens.issue(
                        TokenPurpose.UNSUBSCRIBE,
                        Long.parseLong(
                                database.rows("select max(id) from subscriber").strip()))
                + spoken;
        var pages = new LinkedHashMap<String, Response>();
        pages.put("the button", get(confirm, "en"));
        pages.put("pressed", form("en").post(confirm));
        pages.put("pressed again", form("en").post(confirm));
        pages.put("leaving", get(leave, "en"));
        pages.put("left", form("en").post(leave));
        clock.move(java.time.Duration.ofDays(8));
        pages.put("too late", get(confirm, "en"));
        pages.forEach((page, answer) -> assertEquals(List.of(), unsaid(read(answer)), page));
        assertEquals(410, pages.get("too late").statusCode());
    }

    @Test
    void theBannerChangesNoReadersLanguage() {
        form("de").formParam("email", "ada@example.org").post("/subscribe");
        form("de").post(confirmation());
        assertEquals("de\n", database.rows("select language from subscriber"));
        clock.move(java.time.Duration.ofHours(1));
        form("en").formParam("email", "ada@example.org").post("/subscribe");
        String again = confirmation();
        Document page = read(get(again, "en"));
        assertEquals("de", page.selectFirst("html").attr("lang"));
        assertEquals(
                languages.of("de").reader().changeTitle(),
                page.selectFirst("h1").text());
        form("en").post(again);
        assertEquals("de\n", database.rows("select language from subscriber"));
        clock.move(java.time.Duration.ofHours(1));
        form("en")
                .formParams(Map.of("email", "ada@example.org", "language", "fr"))
                .post("/subscribe");
        again = confirmation();
        assertEquals("de", read(get(again, "en")).selectFirst("html").attr("lang"), "until it is pressed");
        form("en").post(again);
        assertEquals("fr\n", database.rows("select language from subscriber"), "a language that was chosen counts");
    }

    @Test
    void anAnswerToAFormOffersNoPageInOtherLanguages() {
        assertFalse(read(get("/subscribe", "de")).select("nav.languages").isEmpty());
        for (Map<String, String> fields : List.of(
                Map.of("email", "ada@example.org"), Map.of("email", "no"), Map.of("email", "", "action", "preview"))) {
            for (String address : List.of("/subscribe", "/link", "/nowhere")) {
                assertEquals(
                        List.of(),
                        read(form("de").formParams(fields).post(address)).select("nav.languages a"),
                        address + fields);
            }
        }
    }

    @Test
    void aFormThatNamesNoLanguageOffersTheOneThatItsPageSpeaks() {
        for (String address : List.of("/link", "/subscribe")) {
            Document mistyped = read(form("de").formParam("email", "no").post(address));
            assertEquals(
                    "de", mistyped.selectFirst("#language option[selected]").attr("value"), address);
        }
        Document preview = read(form("de").formParam("action", "preview").post("/subscribe"));
        assertEquals("de", preview.selectFirst("#language option[selected]").attr("value"));
    }

    @Test
    void theFirstPageStaysTheNewestEditionInEveryLanguage() {
        for (String address : List.of("/papers?date=2026-03-02", "/", "/papers?date=2026-03-02", "/?lang=de")) {
            String other = read(get(address, "en"))
                    .selectFirst("nav.languages a[hreflang=fr]")
                    .attr("href");
            assertEquals(address.startsWith("/?") || address.equals("/") ? "/?lang=fr" : address + "&lang=fr", other);
        }
    }

    @Test
    void howManyPapersAndThatMoreMayComeAreTwoSentences() {
        for (Language language : languages.offered()) {
            String counted = language.page().papers(2, "2");
            String both = language.page().stillOpen(counted, "x");
            assertTrue(both.matches("(?s)⟦*" + counted + "(\\. |。)\\S.*"), both);
        }
    }

    @Test
    void oneIsNotMany() {
        for (Language language : languages.offered()) {
            for (String tag : List.of("fr", "de", "es", "en")) {
                if (language.tag().equals(tag)) {
                    String one = language.fault().hintNothing(1);
                    assertFalse(one.contains("1"), one);
                    assertTrue(language.fault().hintNothing(7).contains("7"), tag);
                }
            }
        }
        assertEquals("Ada et 1 autre", languages.of("fr").page().namesAndMore("Ada", 1, "1"));
        assertEquals("Ada und 1 weiterer", languages.of("de").page().namesAndMore("Ada", 1, "1"));
        assertEquals("0 vote", languages.of("fr").page().votesCounted(0, "0"), "French counts nothing as one");
        assertEquals("1 vote", languages.of("fr").page().votesCounted(1, "1"));
        assertEquals("2 votes", languages.of("fr").page().votesCounted(2, "2"));
        assertEquals("x, 1 paper at most", languages.english().reader().summary("x", "1"));
        assertEquals("x, 20 papers at most", languages.english().reader().summary("x", "20"));
    }

    @Test
    void whatIsKeptInEnglishWordsIsToldInTheLanguage() {
        for (Language language : languages.offered()) {
            if (language.english() || language.tag().equals(BRACKETS)) {
                continue;
            }
            for (Reason reason : List.of(Reason.FULL, Reason.UNKNOWN, Reason.SPAM, Reason.DISABLED, Reason.EXPIRED)) {
                assertFalse(
                        language.reader().returnCause(reason.toString()).contains(reason.toString()),
                        language + " " + reason);
            }
            assertNotEquals("abstract", language.page().fieldName("abstract"), language.tag());
            assertEquals("else", language.page().fieldName("else"), "a word that nobody knows stays");
        }
    }

    @Test
    void aForeignFormIsRefusedInTheLanguageOfItsBrowserAndAProgramInEnglish() {
        Response page = form("de").header("Origin", "https://evil.example").post("/subscribe");
        assertEquals(403, page.statusCode());
        assertEquals("de", page.header("Content-Language"));
        assertEquals(languages.of("de").fault().foreignForm() + "\n", page.asString());
        Response program = given().header("Accept-Language", "de")
                .header("Origin", "https://evil.example")
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/forecast");
        assertEquals(403, program.statusCode());
        assertEquals(languages.english().fault().foreignForm() + "\n", program.asString());
    }

    @Test
    void searchEnginesKeepAwayFromAddressesThatAskForALanguage() {
        assertTrue(given().get("/robots.txt").asString().contains("\nDisallow: /*lang=\n"));
    }
}
