package org.dailypapers.template;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.qute.Engine;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.OwnMasthead;
import org.dailypapers.PostOffice;
import org.dailypapers.ScriptedSource;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.desk.page.DeskVisits;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.Intake;
import org.dailypapers.language.Languages;
import org.dailypapers.operator.Role;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder of templates and messages of the operator's own, before the built-in ones. */
@QuarkusTest
@TestProfile(OwnMasthead.class)
class OwnTemplatesTest {

    @Inject
    OwnTemplates own;

    @Inject
    Engine engine;

    @Inject
    DeskVisits visits;

    @Inject
    Languages languages;

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    House house;

    @Inject
    DigestComposer composer;

    @Inject
    Delivery delivery;

    @BeforeEach
    void papers() {
        service.at("2026-03-02T12:00:00Z");
        intake.file(
                ScriptedSource.NAME,
                Stream.of(House.paper("2603.00001", "Speech of machines", "2026-03-01", 12)),
                n -> {});
    }

    @AfterEach
    void emptyTheFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
        own.look();
        assertEquals(List.of(), own.report().faults());
        assertEquals(List.of(), own.report().used());
    }

    private Path folder() {
        return own.folder().orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String builtIn(String name) {
        return own.builtIn(name).orElseThrow();
    }

    private String changed(String name, String from, String to) {
        String text = builtIn(name);
        assertTrue(text.contains(from), name + " has no " + from);
        return text.replace(from, to);
    }

    private List<String> faults() {
        own.look();
        return own.report().faults().stream().map(Fault::toString).toList();
    }

    private String page(String path) {
        return given().get(path).then().extract().asString();
    }

    private PostOffice.Received letterTo(String address) throws Exception {
        house.reader(address).interestedIn("speech").confirmed();
        composer.composeByHand(LocalDate.parse("2026-03-01"), null, n -> {});
        try (var office = new PostOffice()) {
            List<PostOffice.Received> letters = office.deliver(delivery);
            assertEquals(1, letters.size());
            return letters.getFirst();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "letter.welcome",
                "letter.sample",
                "!letter.welcome",
                "letter.language.english",
                "letter.more > 0"
            })
    void aLinkToLeaveThatNotEachLetterHasIsRefused(String when) throws IOException {
        String link = "<a href=\"{letter.unsubscribe}\">{letter:unsubscribe}</a>";
        write("letter/digest.html", changed("letter/digest.html", link, "{#if " + when + "}" + link + "{/if}"));
        assertTrue(
                faults().getFirst().startsWith("letter/digest.html: it lacks the link by which"), faults()::toString);
    }

    @Test
    void aRealLetterWithoutItsLinkIsMadeAgainWithTheBuiltIn() throws Exception {
        String link = "<a href=\"{letter.unsubscribe}\">{letter:unsubscribe}</a>";
        write(
                "letter/digest.html",
                changed("letter/digest.html", link, "{#if letter.date == '2026-01-31'}" + link + "{/if}"));
        assertEquals(List.of(), faults());
        assertTrue(letterTo("ada").html().contains("/unsubscribe/"));
        assertTrue(
                own.report().faults().getFirst().toString().contains("a letter lacked what it owes its reader"),
                own.report()::toString);
    }

    @Test
    void aDayOrAReadersFirstLetterMayNotStandWhereAllShareIt() throws IOException {
        write(
                "letter/digest.txt",
                builtIn("letter/digest.txt").replace("{#fragment id=head}", "{#fragment id=head}{letter.date}"));
        write(
                "letter/digest.html",
                builtIn("letter/digest.html").replace("<head>", "<head>{#if letter.welcome}<!-- 1 -->{/if}"));
        assertEquals(
                2,
                faults().stream()
                        .filter(f -> f.contains("is the same for all readers"))
                        .count(),
                faults()::toString);
    }

    @Test
    void aMessageIsOneLineAndNamesNoOther() throws IOException {
        write(
                "messages/letter_en.properties",
                "confirmTitle=Say\\nyes\nlinkTitle=a\tb\nconfirmText={letter:confirmText} Thanks.\n");
        List<String> faults = faults();
        assertEquals(3, faults.size(), faults::toString);
        assertEquals(2, faults.stream().filter(f -> f.contains("is one line")).count(), faults::toString);
        assertEquals(
                1, faults.stream().filter(f -> f.contains("names no other")).count(), faults::toString);
    }

    @Test
    void aPageWithoutTheButtonOfItsFormIsRefused() throws IOException {
        write("page/leave.html", builtIn("page/leave.html").replaceAll("(?s)<button[^>]*>.*?</button>", ""));
        assertTrue(faults().getFirst().contains("the button of the form"), faults()::toString);
    }

    @Test
    void aLinkThatLeadsBackAndHiddenFoldersCostTheOthersNothing() throws IOException {
        write("letter/service.html", builtIn("letter/service.html") + "\n");
        write(".git/letter/digest.html", "{#if");
        write("notes.md", "mine");
        Path loop = Files.createSymbolicLink(folder().resolve("loop"), folder());
        try {
            List<String> faults = faults();
            assertEquals(2, faults.size(), faults::toString);
            assertTrue(faults.getFirst().startsWith("loop: it cannot be read"), faults::toString);
            assertEquals("notes.md: it is called like no template and no file of messages", faults.getLast());
            assertEquals(List.of("letter/service.html"), own.report().used());
        } finally {
            Files.delete(loop);
        }
    }

    /** What the trials are worth: a template of which no example can be rendered would never be tried. */
    @Test
    void eachBuiltInTemplateIsRenderedWithSomeExample() {
        var never = new TreeMap<String, Object>();
        Engine trial = Trial.another(engine);
        for (CheckedTemplates.Checked checked : CheckedTemplates.all()) {
            for (String suffix : List.of(".html", ".txt")) {
                if (trial.getTemplate(checked.id() + suffix) == null) {
                    continue;
                }
                var failures = new ArrayList<String>();
                List<Examples.Shape> shapes = Examples.Shape.all("a");
                for (Examples.Shape shape : shapes) {
                    try {
                        new Trial(engine, new Examples(languages), null, Map.of())
                                .render(trial, checked, checked.id() + suffix, shape);
                    } catch (RuntimeException e) {
                        failures.add(shape + " " + TemplateNames.reason(e));
                    }
                }
                if (failures.size() > shapes.size() * 2 / 3) {
                    never.put(checked.id() + suffix + " " + checked.fragment(), failures);
                }
            }
        }
        assertEquals(Map.of(), never);
    }

    @Test
    void theBuiltInOnesCopiedWholeStandTheTrial() throws IOException {
        for (String name : List.of(
                "letter/digest.html",
                "letter/digest.txt",
                "letter/service.html",
                "letter/service.txt",
                "letter/alarm.html",
                "letter/voice.html",
                "letter/mute.txt",
                "page/layout.html",
                "page/card.html",
                "page/preferences.html",
                "page/confirm.html",
                "page/edition.html",
                "messages/letter_de.properties",
                "messages/fault_en.properties",
                "messages/reader_fr.properties",
                "messages/page_ja.properties")) {
            write(name, builtIn(name));
        }
        assertEquals(List.of(), faults());
        assertEquals(16, own.report().used().size());
        assertEquals(200, given().get("/").statusCode());
    }

    @Test
    void allOfThemMayBeCopied() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../templates"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                write(Path.of("../templates").relativize(file).toString(), Files.readString(file));
            }
        }
        assertEquals(List.of(), faults());
        assertTrue(own.report().used().contains("page/layout.html"));
        assertFalse(own.report().used().contains("desk/layout.html"));
    }

    @Test
    void aPageAndWhatItIncludesAreTheOperatorsOwn() throws IOException {
        page("/");
        write("page/about.html", changed("page/about.html", "{#body}", "{#body}<p>Ask {inject:masthead.name}</p>"));
        write("page/layout.html", changed("page/layout.html", "<body>", "<body class=\"house\">"));
        assertEquals(List.of(), faults());
        assertTrue(page("/about").contains("<p>Ask &lt;/title&gt;&lt;b&gt;"), page("/about"));
        assertTrue(page("/about").contains("<body class=\"house\">"));
        assertTrue(page("/").contains("<body class=\"house\">"));
    }

    @Test
    void aLetterIsTheOperatorsOwnInBothParts() throws Exception {
        assertFalse(letterTo("ada").html().contains("<p>From the house</p>"));
        service.at("2026-03-02T12:00:00Z");
        papers();
        write("letter/digest.html", changed("letter/digest.html", "<body>", "<body>\n<p>From the house</p>"));
        write("letter/digest.txt", changed("letter/digest.txt", "{letter.date}\n", "From the house, {letter.date}\n"));
        assertEquals(List.of(), faults());
        PostOffice.Received letter = letterTo("bo");
        assertTrue(letter.html().contains("<p>From the house</p>"), letter.html());
        assertTrue(letter.text().contains("From the house, "), letter.text());
    }

    @Test
    void oneSentenceOfOneLanguageIsReworded() throws IOException {
        write("messages/page_de.properties", "# ours\nnavTopics=Ge<b>biete</b>\nnavPapers=\\\n  Neue \\\n  Aufsätze\n");
        assertEquals(List.of(), faults());
        String german = page("/?lang=de");
        assertTrue(german.contains(">Ge&lt;b&gt;biete&lt;/b&gt;</a>"), german);
        assertTrue(german.contains(">Neue Aufsätze</a>"), german);
        assertFalse(page("/?lang=fr").contains("Aufsätze"));
        assertFalse(page("/?lang=en").contains("Aufsätze"));
        assertEquals("Ge<b>biete</b>", languages.of("de").page().navTopics());
    }

    @Test
    void aSentenceWithNumbersKeepsItsNumbers() throws IOException {
        write("messages/letter_de.properties", "days={#if count == 1}ein Tag{#else}{count} ganze Tage{/if}\n");
        String before = languages.of("de").letter().days(3);
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            assertEquals(List.of("messages/letter_de.properties, line 1"), faults, before);
        }
        assertEquals("3 ganze Tage", languages.of("de").letter().days(3));
    }

    @Test
    void aBrokenOneIsNamedWithItsLineAndTheBuiltInOneIsUsed() throws IOException {
        service.awaitSearch();
        String before = page("/about");
        write("page/about.html", "{#include page/layout}\n{#body}\n{#if}\n{/body}\n{/include}\n");
        List<String> faults = faults();
        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.getFirst().matches("page/about\\.html, line 3: .*if.*"), faults.getFirst());
        assertEquals(before, page("/about"));
    }

    @Test
    void whatATemplateIsNotGivenIsFoundBeforeAReaderSeesIt() throws IOException {
        write("page/about.html", changed("page/about.html", "{#body}", "{#body}\n{view.nobody}\n"));
        write("page/card.html", changed("page/card.html", "{@", "{card.nothing}\n{@"));
        write("letter/service.txt", builtIn("letter/service.txt") + "{letter.secret}\n");
        List<String> faults = faults();
        assertEquals(3, faults.size(), faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.matches("page/about\\.html, line \\d+: .*nobody.*")),
                faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.matches("page/card\\.html, line 1: .*nothing.*")), faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.matches("letter/service\\.txt, line \\d+: .*secret.*")),
                faults.toString());
        assertEquals(200, given().get("/about").statusCode());
    }

    @Test
    void aLetterThatItsReaderCouldNotLeaveIsRefused() throws IOException {
        write(
                "letter/digest.html",
                changed("letter/digest.html", "<a href=\"{letter.unsubscribe}\">{letter:unsubscribe}</a>", "bye"));
        write("letter/digest.txt", changed("letter/digest.txt", "{letter.unsubscribe}", ""));
        write("letter/service.html", changed("letter/service.html", "href=\"{letter.link}\"", "href=\"#\""));
        write("letter/service.txt", changed("letter/service.txt", "{letter.postalAddress}", ""));
        assertEquals(
                List.of(
                        "letter/digest.html: it lacks the link by which its reader leaves, {letter.unsubscribe}",
                        "letter/digest.txt: it lacks the link by which its reader leaves, {letter.unsubscribe}",
                        "letter/service.html: it lacks the link that it is about, {letter.link}",
                        "letter/service.txt: it lacks the postal address, {letter.postalAddress}"),
                faults().stream().sorted().toList());
    }

    @Test
    void whatStandsInNoFragmentReachesNoReaderAndIsRefused() throws IOException {
        String link = "<a href=\"{letter.unsubscribe}\">{letter:unsubscribe}</a>";
        write("letter/digest.html", changed("letter/digest.html", link, "") + link + "\n");
        assertEquals(
                List.of("letter/digest.html: it lacks the link by which its reader leaves, {letter.unsubscribe}, in a"
                        + " fragment of it"),
                faults());
    }

    @Test
    void aReadersLinkMayNotStandInWhatAllReadersShare() throws IOException {
        write(
                "letter/digest.html",
                changed("letter/digest.html", "<head>", "<head><link rel=\"x\" href=\"{letter.unsubscribe}\">"));
        assertEquals(
                List.of("letter/digest.html: {#fragment id=head} is the same for all readers of a language, so nothing"
                        + " of one may stand in it"),
                faults());
    }

    @Test
    void aTemplateThatHasLostAFragmentIsRefused() throws IOException {
        write("letter/digest.txt", changed("letter/digest.txt", "{#fragment id=foot}", "{#fragment id=feet}"));
        assertEquals(List.of("letter/digest.txt: it lacks the fragment {#fragment id=foot}"), faults());
    }

    @Test
    void aPageThatHasLostItsButtonIsRefused() throws IOException {
        write("page/leave.html", changed("page/leave.html", "method=\"post\"", ""));
        write("page/confirm.html", changed("page/confirm.html", "name=\"seen\"", "name=\"saw\""));
        List<String> faults = faults();
        assertEquals(2, faults.size(), faults.toString());
        assertTrue(
                faults.get(0).startsWith("page/confirm.html: it lacks the hidden field seen of the form"),
                faults.get(0));
        assertTrue(faults.get(1).startsWith("page/leave.html: it lacks the form that posts to"), faults.get(1));
    }

    @Test
    void aTemplateThatIncludesItselfIsRefused() throws IOException {
        write("page/card.html", "{#include page/card card=card /}\n");
        assertEquals(List.of("page/card.html: it includes itself"), faults());
    }

    @Test
    void sentencesThatCannotBeSaidAreNamedAndTheOthersAreSaid() throws IOException {
        write(
                "messages/letter_de.properties",
                "read=Zum Aufsatz\n\nno equals sign\nnothingOfTheKind=x\nwelcome=\nunsubscribe={who}\nmorePapers={count\n");
        write("messages/letter_xx.properties", "read=x\n");
        write("messages/letters_de.properties", "read=x\n");
        List<String> faults = faults();
        assertEquals("Zum Aufsatz", languages.of("de").letter().read());
        assertTrue(
                faults.contains(
                        "messages/letter_de.properties, line 3: a name and an equals sign stand before each sentence"),
                faults.toString());
        assertTrue(
                faults.contains("messages/letter_de.properties, line 4: there is no message nothingOfTheKind"),
                faults.toString());
        assertTrue(faults.contains("messages/letter_de.properties, line 5: welcome says nothing"), faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.startsWith("messages/letter_de.properties, line 6: unsubscribe: ")),
                faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.startsWith("messages/letter_xx.properties: there is no language xx")),
                faults.toString());
        assertTrue(faults.stream().anyMatch(f -> f.startsWith("messages/letters_de.properties: ")), faults.toString());
    }

    @Test
    void filesThatNothingUsesAreNamed() throws IOException {
        write("page/edtion.html", "x");
        write("desk/today.html", "x");
        write("letter/.digest.html.swp", "x");
        write("letter/digest.html~", "x");
        write(".git/config", "x");
        Files.write(folder().resolve("page/about.html"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertEquals(
                List.of(
                        "desk/today.html: the pages of the desk and of the mailbox are the built-in ones alone",
                        "page/about.html: it is not in UTF-8",
                        "page/edtion.html: there is no built-in template of this name, so nothing would use it"),
                faults().stream().sorted().toList());
    }

    @Test
    void aChangeIsSeenWhileTheServiceRunsAndSoIsItsEnd() throws IOException {
        page("/");
        write("page/layout.html", changed("page/layout.html", "<body>", "<body class=\"one\">"));
        await().until(() -> page("/").contains("<body class=\"one\">"));
        write("page/layout.html", changed("page/layout.html", "<body>", "<body class=\"two\">"));
        await().until(() -> page("/").contains("<body class=\"two\">"));
        Files.delete(folder().resolve("page/layout.html"));
        await().until(() -> page("/").contains("<body>"));
    }

    /** The papers of examples have a title each; that one has a title of 18 letters no example knows. */
    @Test
    void oneThatFailsAtARealLetterCostsNobodyTheirs() throws Exception {
        String trap = "{#if letter.title == 'Speech of machines'}{letter.nobody}{/if}\n";
        write("letter/digest.html", changed("letter/digest.html", "<body>", "<body>\n<p>ours</p>" + trap));
        write("letter/digest.txt", changed("letter/digest.txt", "{letter.date}\n", "{letter.date}, ours\n"));
        assertEquals(List.of(), faults());
        PostOffice.Received letter = letterTo("ada");
        assertFalse(letter.html().contains("<p>ours</p>"), letter.html());
        assertTrue(
                letter.html().endsWith("</html>\n")
                        || letter.html().stripTrailing().endsWith("</html>"),
                letter.html());
        assertTrue(letter.text().contains(", ours"), letter.text());
        assertEquals(List.of("letter/digest.txt"), own.report().used());
        List<Fault> told = own.report().faults();
        assertEquals(1, told.size(), told.toString());
        assertEquals("letter/digest.html", told.getFirst().file());
        assertTrue(told.getFirst().line() > 0, told.toString());
        write("letter/digest.html", changed("letter/digest.html", "<body>", "<body>\n<p>mended</p>"));
        assertEquals(List.of(), faults());
    }

    @Test
    void aFailureThatIsNoTemplatesFaultLeavesThemWhereTheyAre() throws IOException {
        write("page/layout.html", changed("page/layout.html", "<body>", "<body class=\"house\">"));
        assertEquals(List.of(), faults());
        assertEquals(404, given().get("/papers/nowhere").statusCode());
        assertEquals(List.of("page/layout.html"), own.report().used());
    }

    /** The status, and all that was said. */
    private static String run(Path from, String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, from, false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void theCommandTriesAFolderThatIsNotUsedAndPrintsWhatToBeginWith(@TempDir Path elsewhere) throws IOException {
        assertEquals("0 ok\tno files\tthe built-in ones are used", run(elsewhere, "templates"));
        Path pages = Files.createDirectories(elsewhere.resolve("own/page"));
        String printed = run(elsewhere, "templates", "--print", "page/layout.html");
        assertEquals("0 " + builtIn("page/layout.html").strip(), printed);
        assertTrue(run(elsewhere, "templates", "--print=messages/letter_de.properties")
                .contains("\ncolon=:\n"));
        Files.writeString(pages.resolve("layout.html"), printed.substring(2).replace("<body>", "<body class=\"own\">"));
        assertEquals("0 ok\tpage/layout.html", run(elsewhere, "templates", "own"));
        Files.writeString(pages.resolve("about.html"), "{view.nobody}");
        assertEquals(
                "1 ok\tpage/layout.html\n!\tpage/about.html, line 1\tProperty \"nobody\" not found on the base object"
                        + " \"org.dailypapers.site.AboutPages$AboutView\" in expression {view.nobody}",
                run(elsewhere, "templates", "own"));
        assertFalse(page("/about").contains("class=\"own\""));
        assertEquals(
                "1 There is no built-in desk/today.html that can be replaced; docs/operations.md says which there are.",
                run(elsewhere, "templates", "--print=desk/today.html"));
        assertEquals("1 There is no folder " + elsewhere.resolve("none") + ".", run(elsewhere, "templates", "none"));
    }

    @Test
    void statusSaysWhichOneIsNotUsed() throws IOException {
        write("page/about.html", "{#if}");
        own.look();
        assertTrue(run(folder(), "status").contains("\n!\ttemplates\tpage/about.html, line 1: "));
        assertTrue(run(folder(), "doctor").contains("page/about.html, line 1: "));
    }

    @Test
    void aSentenceWithoutTheMarksOfItsLinkIsRefused() throws IOException {
        write("messages/page_de.properties", "browseTopics=Themen\nnavTopics=Gebiete\n");
        assertEquals(
                List.of(
                        "messages/page_de.properties, line 1: browseTopics lacks the marks <a> and </a> around the words"
                                + " that are a link"),
                faults());
        assertEquals("Gebiete", languages.of("de").page().navTopics());
    }

    @Test
    void linesMayEndAsWindowsEndsThem() throws Exception {
        write(
                "letter/digest.txt",
                changed("letter/digest.txt", "{letter.date}\n", "{letter.date}, ours\n")
                        .replace("\n", "\r\n"));
        assertEquals(List.of(), faults());
        PostOffice.Received letter = letterTo("ada");
        assertTrue(letter.text().lines().anyMatch(line -> line.endsWith(", ours")), letter.text());
        assertFalse(letter.source().contains("=0D"), letter.source());
    }

    @Test
    void aPageThatIsThereToBeReadMayHaveAFormLess() throws IOException {
        String banner = builtIn("page/edition.html").replaceAll("(?s)<aside class=\"banner\".*?</aside>", "");
        write("page/edition.html", banner);
        assertEquals(List.of(), faults());
        assertFalse(page("/").contains("class=\"banner\""));
    }

    /** What a value throws names no template: the one is found without which the letter can be made. */
    @Test
    void oneThatThrowsAtARealLetterIsFoundAmongOthers() throws Exception {
        String trap = "{#if letter.title == 'Speech of machines'}{letter.items.get(99)}{/if}\n";
        write("letter/digest.txt", changed("letter/digest.txt", "{letter.date}\n", "{letter.date}, ours\n" + trap));
        write("letter/digest.html", changed("letter/digest.html", "<body>", "<body>\n<p>ours</p>"));
        write("page/layout.html", changed("page/layout.html", "<body>", "<body class=\"house\">"));
        assertEquals(List.of(), faults());
        PostOffice.Received letter = letterTo("ada");
        assertTrue(letter.html().contains("<p>ours</p>"), letter.html());
        assertFalse(letter.text().contains(", ours"), letter.text());
        assertEquals(
                List.of("letter/digest.html", "page/layout.html"), own.report().used());
        assertEquals("letter/digest.txt", own.report().faults().getFirst().file());
    }

    @Test
    void aFolderThatRunsInACircleIsSaidToBeUnreadable(@TempDir Path round) throws IOException {
        Files.createSymbolicLink(round.resolve("page"), round);
        List<Fault> faults = own.check(round).faults();
        assertEquals(1, faults.size(), faults.toString());
        assertEquals("page", faults.getFirst().file());
    }

    @Test
    void theDeskShowsALetterMadeWithThemAndWhatIsNotUsed() throws IOException {
        write("letter/service.html", changed("letter/service.html", "<h1 ", "<h1 class=\"house\" "));
        write("page/about.html", "\n{view.nobody}");
        write("messages/letter_de.properties", "confirmText=Ein <b>Knopf</b>\n");
        own.look();
        DeskVisits.Visit viewer = visits.as(Role.VIEWER);
        Document page = viewer.page("/desk/look?lang=de");
        assertEquals(
                List.of("page/about.html, line 2", "letter/service.html", "messages/letter_de.properties"),
                page.select("#templates ~ div tbody td:first-child").eachText());
        assertTrue(
                page.select("pre").text().contains("Ein <b>Knopf</b>"),
                page.select("pre").text());
        assertTrue(page.text().contains(OwnMasthead.IMPRINT), page.text());
        String letter = viewer.get("/desk/look/letter?lang=de&dark=true").asString();
        assertTrue(letter.contains("<h1 class=\"house\" "), letter);
        assertTrue(letter.contains("Ein &lt;b&gt;Knopf&lt;/b&gt;"), letter);
        assertTrue(viewer.page("/desk").text().contains("page/about.html, line 2: "));
    }
}
