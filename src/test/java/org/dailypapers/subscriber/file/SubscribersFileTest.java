package org.dailypapers.subscriber.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.paper.Topics;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.SubscriberUpkeep;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SubscribersFileTest {

    private static final String HEADER = "email,status,frequency,weekday,hour,timezone,size,fill,min-votes,pause-until,"
            + "topics,keywords,authors,since\n";

    /** All columns. */
    private static final String WITH_LANGUAGE = HEADER.replace("since", "since,language");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    SubscribersFile file;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberUpkeep upkeep;

    @Inject
    SubscriberImport imports;

    @Inject
    DoubleOptIn optIn;

    @Inject
    Topics topics;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        service.at("2026-04-01T10:00:00Z");
    }

    private SubscribersFile.Report read(String text) throws IOException {
        return file.read(Files.writeString(folder.resolve("in.csv"), text), n -> {});
    }

    private String written() throws IOException {
        Path out = folder.resolve("out.csv");
        file.write(out);
        return Files.readString(out);
    }

    private Subscriber only() {
        List<Subscriber> all = subscriptions.after(Long.MIN_VALUE, 2);
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private String fault(String text) {
        String message = assertThrows(IOException.class, () -> read(text)).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @Test
    void aThousandReadersGoOutAndComeInTheSame() throws IOException {
        var lines = new StringBuilder(WITH_LANGUAGE);
        List<String> status = List.of("confirmed", "pending", "withdrawn");
        List<String> zones = List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe");
        for (int i = 0; i < 1000; i++) {
            lines.append("reader%d@example.org,%s,%s,%d,%d,%s,%d,%s,%d,%s,%s,\"%s\",%s,2025-0%d-11T08:00:00Z,%s%n"
                    .formatted(
                            i,
                            status.get(i % 7 % 3),
                            List.of("daily", "weekdays", "weekly").get(i % 3),
                            1 + i % 7,
                            i % 24,
                            zones.get(i % 3),
                            1 + i % 50,
                            i % 2 == 0 ? "yes" : "no",
                            i % 11,
                            i % 13 == 0 ? "2026-05-01" : "",
                            i % 4 == 0 ? "reasoning;code" : "",
                            i % 5 == 0 ? "" : "\"\"world model " + i + "\"\";-survey agent*;!blockchain",
                            i % 6 == 0 ? "Ada Lovelace;Grace Hopper" : "",
                            1 + i % 9,
                            List.of("en", "de", "zh").get(i % 3)));
        }
        SubscribersFile.Report report = read(lines.toString());
        assertEquals("read 1000, taken 1000, rejected 0", report.toString(), report.rejections()::toString);
        String out = written();
        assertEquals(1001, out.lines().count());
        database.empty();
        clock.moveTo("2026-04-02T10:00:00Z");
        assertEquals("read 1000, taken 1000, rejected 0", read(out).toString());
        assertEquals(out, written());
        assertEquals("read 1000, taken 1000, rejected 0", read(out).toString(), "a second time");
        assertEquals(out, written());
        assertEquals("1000\n", database.rows("select count(*) from subscriber"));
        assertEquals("0\n", database.rows("select count(*) from message"), "an import writes to nobody");
    }

    @Test
    void theColumnsThatAreNotThereHaveTheirDefaults() throws IOException {
        read("email,status,since\nAda@Example.org,confirmed,2025-01-31\n");
        Subscriber ada = only();
        assertEquals("Ada@Example.org", ada.email);
        assertEquals(Consent.CONFIRMED, ada.consent);
        assertEquals("2025-01-31T00:00:00Z", ada.confirmedAt.toString());
        assertEquals(Preferences.standard(java.time.ZoneId.of("UTC")), ada.preferences());
    }

    @Test
    void whatASpreadsheetWouldRunIsGuardedAndComesBackPlain() throws IOException {
        List<String> dangerous = List.of("=cmd", "+1", "-survey agents", "@import");
        for (String keyword : dangerous) {
            service.at("2026-04-01T10:00:00Z");
            read(HEADER + "+ada@example.org,confirmed,,,,,,,,,,\"" + keyword + "\",=Name,2025-01-31\n");
            assertEquals(List.of(keyword), only().preferences().keywords());
            String out = written();
            for (String cell : out.lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .replace("\"", "")
                    .split(",")) {
                assertFalse(cell.matches("[=+@\t-].*"), cell);
            }
            database.empty();
            read(out);
            Subscriber again = only();
            assertEquals("+ada@example.org", again.email);
            assertEquals(List.of(keyword), again.preferences().keywords());
            assertEquals(List.of("=Name"), again.preferences().authors());
        }
    }

    @Test
    void semicolonsWithinAnEntryDoNotSplitIt() throws IOException {
        Subscriber ada = imports.bringIn(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                new Preferences(
                        Frequency.DAILY,
                        java.time.DayOfWeek.MONDAY,
                        8,
                        java.time.ZoneId.of("UTC"),
                        10,
                        true,
                        0,
                        List.of("\"a; b\"", "author:\"Lovelace; Ada\"")),
                Consent.CONFIRMED,
                clock.instant(),
                null);
        assertEquals(2, ada.preferences().interests().size());
        String out = written();
        database.empty();
        assertEquals("read 1, taken 1, rejected 0", read(out).toString());
        assertEquals(2, only().preferences().interests().size());
    }

    @Test
    void internationalAddressesAndNamesStayAsTheyAre() throws IOException {
        read(HEADER + "用户@例子.公司,confirmed,,,,,,,,,,拡散モデル,Björk Guðmundsdóttir,2025-01-31\n");
        String out = written();
        assertTrue(out.contains("用户@例子.公司") && out.contains("拡散モデル") && out.contains("Björk Guðmundsdóttir"), out);
    }

    @Test
    void aLineThatCannotBeReadIsNamedAndTheOthersGoOn() throws IOException {
        SubscribersFile.Report report = read("email,status,hour,since\n"
                + "ada@example.org,confirmed,8,2025-01-31\n"
                + "no address,confirmed,8,2025-01-31\n"
                + "b@example.org,perhaps,8,2025-01-31\n"
                + "c@example.org,confirmed,25,2025-01-31\n"
                + "d@example.org,confirmed,8,\n"
                + "e@example.org,confirmed,8,yesterday\n"
                + "f@example.org,withdrawn\n");
        assertEquals("read 7, taken 2, rejected 5", report.toString());
        assertEquals(
                List.of(3, 4, 5, 6, 7),
                report.rejections().stream()
                        .map(r -> Integer.parseInt(r.replaceFirst("line (\\d+): .*", "$1")))
                        .toList());
        report.rejections().forEach(r -> assertEquals(1, r.lines().count(), r));
    }

    @Test
    void aFileOfASpreadsheetProgramWithAByteOrderMarkIsRead() throws IOException {
        assertEquals(
                "read 1, taken 1, rejected 0",
                read("\ufeffemail,status\r\nada@example.org,pending\r\n").toString());
    }

    @Test
    void aFileThatIsNoListOfSubscribersIsRefusedInOneLine() throws IOException {
        assertTrue(fault("").contains("email"));
        assertTrue(fault("name,status\nAda,confirmed\n").contains("email"));
        assertTrue(fault("name,status\n").contains("email"));
        assertTrue(fault("%PDF-1.7\n\u0000\u0001").contains("email"));
        assertTrue(fault("email,since\nada@example.org,2026-01-01\n").contains("\"status\""));
        assertTrue(fault("email,status,E-Mail\n").contains("\"email\" twice"));
        assertTrue(fault("\"email,status\nada@example.org,pending\n").contains("email"));
        assertThrows(IOException.class, () -> file.read(folder, n -> {}));
        assertThrows(IOException.class, () -> file.read(folder.resolve("absent.csv"), n -> {}));
    }

    private SubscribersFile.Report read(byte[] bytes) throws IOException {
        return file.read(Files.write(folder.resolve("in.csv"), bytes), n -> {});
    }

    @Test
    void aFileInAnotherEncodingIsRefusedWithTheReason() throws IOException {
        String text = "email,status,authors\nada@example.org,pending,Björk\nbo@example.org,pending,Ada\n";
        SubscribersFile.Report latin = read(text.getBytes(Charset.forName("ISO-8859-1")));
        assertEquals("read 2, taken 1, rejected 1", latin.toString(), "a line without such letters can be read");
        assertTrue(
                latin.rejections().getFirst().startsWith("line 2: it is not text in UTF-8"),
                latin.rejections()::toString);
        for (Charset charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                StandardCharsets.UTF_16BE,
                Charset.forName("x-UTF-16LE-BOM"))) {
            String message = assertThrows(IOException.class, () -> read(text.getBytes(charset)))
                    .getMessage();
            assertTrue(message.contains("UTF-16") && message.lines().count() == 1, message);
        }
    }

    private void pending(List<String> rejected, String lines, String... emails) throws IOException {
        service.at("2026-04-01T10:00:00Z");
        SubscribersFile.Report report = read(lines.getBytes(StandardCharsets.UTF_8));
        assertEquals(rejected.size(), report.rejections().size(), () -> lines + "\n" + report.rejections());
        for (int i = 0; i < rejected.size(); i++) {
            assertTrue(report.rejections().get(i).startsWith(rejected.get(i)), report.rejections()::toString);
        }
        assertEquals(
                List.of(emails),
                subscriptions.after(Long.MIN_VALUE, 99).stream()
                        .map(s -> s.email)
                        .toList(),
                lines);
    }

    @Test
    void eachBadLineIsRejectedWithItsNumberAndTheOthersAreRead() throws IOException {
        pending(
                List.of(
                        "line 3: has 5 cells",
                        "line 4: it holds a NUL",
                        "line 5: it is longer than 65536 octets",
                        "line 6: hour: ",
                        "line 8: no e-mail address in the column email: There is a blank within it.",
                        "line 10: fill is yes or no",
                        "line 11: hour has more than 20000 characters"),
                "email,status,hour,fill\n"
                        + "a@example.org,pending,7,yes\n"
                        + "b@example.org,pending,7,no,more\n"
                        + "c@example.org,pending,\u0000\n"
                        + "d@example.org,pending," + "7".repeat(70_000) + "\n"
                        + "e@example.org,pending,25\n"
                        + "\n"
                        + "f g@example.org,pending\n"
                        + ",,,\n"
                        + "h@example.org,pending,7,perhaps\n"
                        + "i@example.org,pending," + "7".repeat(30_000) + "\n"
                        + "z@example.org,pending,7,NO,,\n",
                "a@example.org",
                "z@example.org");
    }

    @Test
    void oneBrokenQuoteCostsItsOwnLineAlone() throws IOException {
        String begin = "email,status,note\na@example.org,pending,x\n";
        String end =
                "\nb@example.org,pending,\"quoted, with \"\"quotes\"\"\nand a second line\"\nc@example.org,pending,y\n";
        for (String broken : List.of(
                "\"never@example.org,pending,x",
                "never@example.org,\"pending,x",
                "never@example.org,pending,\"x",
                "never@example.org,\"pend\"ing,x",
                "\"never@example.org\",\"pending\",\"x\"y\"",
                "\"never@example.org,pending,x\"\"")) {
            pending(
                    List.of("line 3: a quote "),
                    begin + broken + end,
                    "a@example.org",
                    "b@example.org",
                    "c@example.org");
        }
        pending(List.of("line 3: a quote "), begin + "\"never@example.org,pending", "a@example.org");
        pending(
                List.of("line 3: a quote ", "line 4: a quote "),
                begin + "\"never@example.org,pending\n\"nor@example.org,pending\nc@example.org,pending",
                "a@example.org",
                "c@example.org");
        pending(
                List.of("line 3: a quote ", "line 4: no e-mail address"),
                begin + "\"never@example.org,pending\nb@example.org\",pending\nc@example.org,pending",
                "a@example.org",
                "c@example.org");
    }

    @Test
    void headersSeparatorsAndEndsOfLinesOfEveryProgramAreRead() throws IOException {
        for (String lines : List.of(
                "Email,STATUS\nada@example.org,Pending\n",
                " email , status \n ada@example.org , pending \n",
                "E-Mail;Status\r\nada@example.org;PENDING\r\n",
                "status\temail\npending\tada@example.org",
                "\ufeffemail;status\r\nada@example.org;pending",
                "\ufeff\"email\";\"status\"\r\n\"ada@example.org\";\"pending\"\r\n",
                "sep=;\nemail;status\nada@example.org;pending\n",
                "email,status\rada@example.org,pending\r",
                "\n\nemail,status\n\nada@example.org,pending\n\n",
                "name,email,status,tags,\nAda,ada@example.org,pending,x,\n",
                "email,status\n\"ada@example.org\", \"pending\"\n",
                "email,status\n\u00a0ada@example.org\u200b,\u00a0pending\u3000\n")) {
            pending(List.of(), lines, "ada@example.org");
        }
        service.at("2026-04-01T10:00:00Z");
        read(
                "EMAIL;Status;Pause Until;min_votes;Time Zone\nada@example.org;pending;2026-05-01 00:00:00; 3 ;Europe/Paris\n");
        assertEquals(3, only().minVotes);
        assertEquals("Europe/Paris", only().zone);
        assertEquals("2026-05-01", only().pauseUntil.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "2024-05-01, 2024-05-01T00:00:00Z",
        "' 2024-05-01 ', 2024-05-01T00:00:00Z",
        "2024-05-01 10:00:00, 2024-05-01T10:00:00Z",
        "2024-05-01 10:00, 2024-05-01T10:00:00Z",
        "2024-05-01T10:00:00, 2024-05-01T10:00:00Z",
        "2024-05-01T10:00:00Z, 2024-05-01T10:00:00Z",
        "2024-05-01T10:00:00.123Z, 2024-05-01T10:00:00.123Z",
        "2024-05-01T10:00:00+02:00, 2024-05-01T08:00:00Z",
        "2024-05-01 10:00:00 UTC, 2024-05-01T10:00:00Z",
        "2024-05-01 10:00:00 +0000 UTC, 2024-05-01T10:00:00Z",
        "2024-05-01 10:00:00 -0530, 2024-05-01T15:30:00Z",
        "2024-05-01 10:00:00+02, 2024-05-01T08:00:00Z",
    })
    void aDateIsReadAsProgramsWriteIt(String written, String meant) throws IOException {
        assertEquals(
                List.of(),
                read("email,status,since\nada@example.org,confirmed,\"" + written + "\"\n")
                        .rejections());
        assertEquals(meant, only().confirmedAt.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2024-02-30",
                "01.05.2024",
                "05/01/2024",
                "2024-05-01 25:00:00",
                "2024-05-01T10:00:00+99:00",
                "20240501",
                "1714550400",
                "0001-01-01",
                "2024-05-01 10:00:00 CEST"
            })
    void whatIsNoDateIsRejected(String since) throws IOException {
        assertTrue(read("email,status,since\nada@example.org,confirmed," + since + "\n")
                .rejections()
                .getFirst()
                .startsWith("line 2: since is a date"));
    }

    @Test
    void aLanguageIsTakenByItsTagAndOneInWhichNoLettersAreWrittenLeavesItAndIsNamed() throws IOException {
        read("email,status,since,language\nada@example.org,confirmed,2025-01-31,DE_at\n");
        assertEquals("de", only().language);
        read("email,status,since\nada@example.org,confirmed,2025-01-31\n");
        assertEquals("de", only().language, "a column that is not there says nothing");
        SubscribersFile.Report report = read("""
                email,status,since,language
                ada@example.org,confirmed,2025-02-01,pt-BR
                ben@example.org,confirmed,2025-02-01,Klingon
                """);
        assertEquals(List.of(), report.rejections());
        assertEquals(Set.of("Klingon", "pt-BR"), report.unspoken());
        assertEquals("de\nen\n", database.rows("select language from subscriber order by email"));
        List<String> rejections = read("email,status,since,language\nada@example.org,confirmed,2025-02-01,12 papers\n")
                .rejections();
        assertTrue(
                rejections.getFirst().contains("language: There is no language \"12 papers\". Choose one of"),
                rejections::toString);
    }

    @Test
    void aColumnThatIsNotThereLeavesWhatTheReaderHas() throws IOException {
        read(HEADER
                + "ada@example.org,confirmed,weekly,5,21,Europe/Berlin,3,no,4,2026-05-01,code,world model;agents,Ada"
                + " Lovelace,2025-01-31\n");
        Preferences before = only().preferences();
        for (String again : List.of(
                "email,status,since\nada@example.org,confirmed,2025-01-31\n",
                "email,status,since,hour,timezone,frequency,weekday,size,fill,min-votes\nada@example.org,confirmed,2025-01-31,,,,,,,\n")) {
            assertEquals(List.of(), read(again).rejections());
            assertEquals(before, only().preferences());
            assertEquals("2026-05-01", only().pauseUntil.toString());
        }
        assertEquals(
                List.of(),
                read("email,status,since,topics,hour,pause-until\nada@example.org,confirmed,2025-01-31,reasoning,7,\n")
                        .rejections());
        Preferences after = only().preferences();
        assertEquals(List.of("reasoning"), after.topics());
        assertEquals(before.keywords(), after.keywords());
        assertEquals(before.authors(), after.authors());
        assertEquals(7, after.hour());
        assertEquals(before.zone(), after.zone());
        assertEquals(null, only().pauseUntil);
    }

    private SubscribersFile.Report readWrittenAt(String instant, String text) throws IOException {
        Path in = Files.writeString(folder.resolve("in.csv"), text);
        Files.setLastModifiedTime(in, FileTime.from(Instant.parse(instant)));
        return file.read(in, n -> {});
    }

    @Test
    void whatAReaderChoseSinceTheFileWasWrittenIsNotOverwritten() throws IOException {
        String header = "email,status,since,hour,keywords,pause-until\n";
        String line = "ada@example.org,confirmed,2025-01-31,8,world model,\n";
        readWrittenAt("2026-03-01T00:00:00Z", header + line);
        Subscriber ada = only();
        var own = new Preferences(
                Frequency.DAILY,
                java.time.DayOfWeek.MONDAY,
                21,
                java.time.ZoneId.of("Europe/Berlin"),
                5,
                false,
                2,
                List.of("agents"));
        subscriptions.save(ada.id, own);
        subscriptions.pause(ada.id, java.time.LocalDate.parse("2026-06-01"));
        String chosen = database.rows("select * from subscriber");
        SubscribersFile.Report old = readWrittenAt("2026-04-01T09:59:59Z", header + line);
        assertEquals("read 1, taken 0, rejected 1", old.toString());
        assertTrue(
                old.rejections().getFirst().startsWith("line 2: hour, keywords, pause-until: the reader chose"),
                old.rejections()::toString);
        assertEquals(chosen, database.rows("select * from subscriber"));
        assertEquals(
                "read 1, taken 1, rejected 0",
                readWrittenAt("2026-03-01T00:00:00Z", "email,status,since\nada@example.org,confirmed,2025-01-31\n")
                        .toString());
        assertEquals(
                "read 1, taken 1, rejected 0",
                readWrittenAt(
                                "2026-03-01T00:00:00Z",
                                "email,status,since,hour\nada@example.org,confirmed,2025-01-31,21\n")
                        .toString(),
                "what they chose themself is no fault");
        assertEquals(own, only().preferences());
        assertEquals("2026-06-01", only().pauseUntil.toString());
        assertEquals(
                "read 1, taken 1, rejected 0",
                readWrittenAt("2026-04-01T10:00:01Z", header + line).toString());
        assertEquals(8, only().hour);
        assertEquals(
                "read 1, taken 1, rejected 0",
                readWrittenAt("2026-03-01T00:00:00Z", header + "ada@example.org,withdrawn,,9,other,\n")
                        .toString(),
                "who leaves need not wait for their hour to be right");
        assertEquals(Consent.WITHDRAWN, only().consent);
        assertEquals(8, only().hour);
    }

    @Test
    void whatSomebodyTypedWithoutConfirmingIsNoChoiceOfTheReaders() throws IOException {
        optIn.request(
                EmailAddress.parse("ada@example.org").orElseThrow(),
                new Preferences(
                        Frequency.DAILY,
                        java.time.DayOfWeek.MONDAY,
                        3,
                        java.time.ZoneId.of("Asia/Tokyo"),
                        50,
                        false,
                        0,
                        List.of("hostile takeover")));
        assertEquals(
                "read 1, taken 1, rejected 0",
                readWrittenAt("2026-03-01T00:00:00Z", "email,status,since\nada@example.org,confirmed,2025-01-31\n")
                        .toString());
        assertEquals(Preferences.standard(java.time.ZoneId.of("UTC")), only().preferences());
    }

    @Test
    void somebodyPendingThatTheOperatorBroughtInOutlivesTheNight() throws IOException {
        read("email,status\nada@example.org,pending\n");
        clock.moveTo("2026-04-02T03:17:00Z");
        assertEquals(0, upkeep.forgetUnconfirmed());
        clock.moveTo("2026-05-03T03:17:00Z");
        assertEquals(1, upkeep.forgetUnconfirmed());
    }

    @Test
    void anExportThatCannotBeWrittenLeavesNothingBehind() throws IOException {
        read("email,status\nada@example.org,pending\n");
        Path target = Files.createDirectories(folder.resolve("out/taken"));
        Files.writeString(target.resolve("file"), "x", StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> file.write(target));
        try (Stream<Path> left = Files.list(target.getParent())) {
            assertEquals(List.of(target), left.toList());
        }
    }

    private static final String CONSENTS = "email,status,since\n";

    private void taken(String lines) throws IOException {
        SubscribersFile.Report report = read(CONSENTS + lines);
        assertEquals(List.of(), report.rejections(), lines);
    }

    private void refused(String lines, String... reasons) throws IOException {
        SubscribersFile.Report report = read(CONSENTS + lines);
        assertEquals(
                reasons.length, report.rejections().size(), report.rejections().toString());
        for (int i = 0; i < reasons.length; i++) {
            assertTrue(
                    report.rejections().get(i).contains(reasons[i]),
                    report.rejections().toString());
        }
    }

    private Consent consent(String email) {
        return subscriptions
                .find(EmailAddress.parse(email).orElseThrow())
                .map(s -> s.consent)
                .orElse(null);
    }

    @Test
    void anOlderListUndoesNeitherAnUnsubscriptionNorAConfirmation() throws IOException {
        taken("ada@example.org,confirmed,2026-01-01\n");
        subscriptions.withdraw(only().id, "unsubscribe page");
        refused("ada@example.org,confirmed,2026-01-01\n", "left after 2026-01-01T00:00:00Z");
        assertEquals(Consent.WITHDRAWN, only().consent);
        clock.moveTo("2026-06-01T10:00:00Z");
        taken("ada@example.org,confirmed,2026-05-01\n");
        assertEquals(Consent.CONFIRMED, only().consent, "who said yes again later comes back");
        refused("ada@example.org,pending,2026-05-31\n", "is confirmed already");
        refused("ada@example.org,withdrawn,2026-04-30\n", "said yes at 2026-05-01");
        assertEquals(Consent.CONFIRMED, only().consent);
    }

    @Test
    void whoLeftStaysOutWhateverFilesSayInWhateverOrder() throws IOException {
        taken("ada@example.org,confirmed,2024-05-01\n");
        subscriptions.withdraw(only().id, "unsubscribe page");
        clock.moveTo("2026-04-02T10:00:00Z");
        refused("ada@example.org,pending,\n", "left at 2026-04-01T10:00:00Z");
        refused("ada@example.org,pending,2026-04-02\n", "left at 2026-04-01T10:00:00Z");
        refused("ada@example.org,confirmed,2024-05-01\n", "left after");
        refused("ada@example.org,confirmed,2026-04-01T10:00:00Z\n", "left after");
        refused("ada@example.org,confirmed,2026-04-02T10:00:01Z\n", "in the future");
        refused("ADA@example.org,pending,\nAda@Example.org,confirmed,2025-01-01\n", "left at", "left after");
        assertEquals(Consent.WITHDRAWN, only().consent);
        clock.moveTo("2027-04-02T10:00:00Z");
        assertEquals(0, upkeep.forgetUnconfirmed());
        refused("ada@example.org,confirmed,2024-05-01\n", "left after");
    }

    @Test
    void aDateToComeIsRefusedForEveryStatus() throws IOException {
        for (String status : List.of("confirmed", "pending", "withdrawn")) {
            refused("ada@example.org," + status + ",2026-04-02\n", "since is in the future");
        }
        assertEquals("0\n", database.rows("select count(*) from subscriber"), "and nobody is written down");
    }

    @Test
    void whoLeftAndWasErasedIsBroughtBackByNoList() throws IOException {
        taken("a.da+x@gmail.com,confirmed,2024-05-01\n");
        subscriptions.erase(only().id);
        assertFalse(database.dump().contains("gmail"), "the address is gone");
        refused(
                "a.da+x@gmail.com,confirmed,2024-05-01\nada@googlemail.com,confirmed,2025-05-01\nada@gmail.com,pending,\n",
                "left after",
                "left after",
                "left at");
        assertEquals("0\n", database.rows("select count(*) from subscriber"));
        clock.moveTo("2026-04-03T10:00:00Z");
        EmailAddress address = EmailAddress.parse("a.da+x@gmail.com").orElseThrow();
        optIn.request(address, Preferences.standard(java.time.ZoneId.of("UTC")));
        optIn.confirm(Long.parseLong(database.rows("select id from request").strip()));
        assertEquals(Consent.CONFIRMED, only().consent, "their own act");
        taken(
                written().replaceFirst("email.*\n", "").isEmpty()
                        ? ""
                        : "a.da+x@gmail.com,confirmed,2026-04-03T10:00:00Z\n");
        assertEquals(Consent.CONFIRMED, only().consent);
    }

    @Test
    void whoLeftUnderOneSpellingIsNotBroughtInUnderAnother() throws IOException {
        taken("ada+x@example.org,confirmed,2024-05-01\nada+y@example.org,confirmed,2024-05-01\n");
        subscriptions.withdraw(
                subscriptions
                        .find(EmailAddress.parse("ada+x@example.org").orElseThrow())
                        .orElseThrow()
                        .id,
                "page");
        refused("ada@example.org,confirmed,2024-05-01\nADA+z@example.org,pending,\n", "left after", "left at");
        taken("ada+y@example.org,confirmed,2024-05-01\n");
        assertEquals(Consent.CONFIRMED, consent("ada+y@example.org"), "a reader of their own goes on");
        assertEquals(null, consent("ada@example.org"));
    }

    @Test
    void theNewestDateCountsInWhateverOrderLinesStand() throws IOException {
        List<String> lines = List.of(
                "ada@example.org,confirmed,2025-01-01",
                "ada@example.org,withdrawn,2025-03-01",
                "ada@example.org,confirmed,2025-06-01",
                "ada@example.org,pending,2025-07-01");
        for (int first = 0; first < 4; first++) {
            for (int second = 0; second < 4; second++) {
                for (int third = 0; third < 4; third++) {
                    var order = new java.util.LinkedHashSet<>(List.of(first, second, third));
                    order.addAll(List.of(0, 1, 2, 3));
                    service.at("2026-04-01T10:00:00Z");
                    read(CONSENTS + order.stream().map(lines::get).collect(java.util.stream.Collectors.joining("\n")));
                    assertEquals(Consent.CONFIRMED, consent("ada@example.org"), order.toString());
                    service.at("2026-04-01T10:00:00Z");
                    read(CONSENTS
                            + order.stream()
                                    .filter(i -> i != 2)
                                    .map(lines::get)
                                    .collect(java.util.stream.Collectors.joining("\n")));
                    assertEquals(Consent.WITHDRAWN, consent("ada@example.org"), order.toString());
                }
            }
        }
    }

    @Test
    void whoTookALeavingBackComesWithTheirLaterYes() throws IOException {
        taken("ada@example.org,confirmed,2024-05-01\n");
        subscriptions.withdraw(only().id, "page");
        clock.moveTo("2026-04-01T11:00:00Z");
        assertTrue(subscriptions.undo(only().id, java.time.Instant.parse("2026-04-01T10:00:00Z")));
        String out = written();
        assertTrue(out.contains("confirmed") && out.contains("2026-04-01T11:00:00Z"), out);
        subscriptions.withdraw(only().id, "page");
        assertFalse(subscriptions.undo(only().id, java.time.Instant.parse("2026-04-01T10:00:00Z")), "an older leaving");
        assertEquals(Consent.WITHDRAWN, only().consent);
        assertEquals(
                2,
                Integer.parseInt(database.rows("select count(*) from consent where consent = 'WITHDRAWN'")
                        .strip()));
        assertTrue(written().contains("withdrawn") && written().contains("2026-04-01T11:00:00Z"), written());
    }

    @Test
    void inNoLifeIsSomebodySubscribedWhoLeftAndSaidNoLaterYes() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        EmailAddress ada = EmailAddress.parse("ada@example.org").orElseThrow();
        for (int life = 0; life < 60; life++) {
            Instant now = Instant.parse("2026-04-01T10:00:00Z");
            service.at(now.toString());
            Instant left = Instant.MIN;
            Instant yes = Instant.MIN;
            var story = new StringBuilder("seed " + seed + ", life " + life);
            for (int act = 0; act < 12; act++) {
                now = now.plus(Duration.ofDays(1 + random.nextInt(3)));
                clock.moveTo(now);
                upkeep.forgetUnconfirmed();
                Subscriber present = subscriptions.find(ada).orElse(null);
                int kind = random.nextInt(7);
                story.append('\n').append(now).append(" act ").append(kind);
                if (kind == 0 && present != null && present.consent == Consent.CONFIRMED) {
                    subscriptions.withdraw(present.id, "page");
                    left = now;
                } else if (kind == 1 && present != null) {
                    subscriptions.erase(present.id);
                    left = now;
                } else if (kind == 2 && random.nextInt(4) == 0) {
                    optIn.request(ada, Preferences.standard(java.time.ZoneId.of("UTC")));
                    String request =
                            database.rows("select max(id) from request").strip();
                    if (!request.equals("null")) {
                        optIn.confirm(Long.parseLong(request));
                        yes = now;
                    }
                } else if (kind == 3 && present != null && random.nextInt(3) == 0) {
                    yes = subscriptions.undo(present.id) ? now : yes;
                } else {
                    String status = List.of("confirmed", "pending", "withdrawn").get(random.nextInt(3));
                    Instant since = now.minus(Duration.ofHours(random.nextInt(400) - 48L));
                    boolean taken = read(CONSENTS + "Ada@example.org," + status + "," + since + "\n")
                                    .taken()
                            == 1;
                    story.append(' ')
                            .append(status)
                            .append(' ')
                            .append(since)
                            .append(' ')
                            .append(taken);
                    assertFalse(taken && since.isAfter(now), story::toString);
                    if (taken && status.equals("confirmed") && since.isAfter(yes)) {
                        yes = since;
                    }
                }
                Consent consent = consent("ada@example.org");
                if (consent == Consent.CONFIRMED) {
                    assertTrue(yes.isAfter(left), story::toString);
                }
                if (consent == Consent.PENDING) {
                    assertEquals(Instant.MIN, left, story::toString);
                }
            }
        }
    }

    @Test
    void whoConfirmsWhileTheUnconfirmedAreForgottenStays() throws IOException {
        taken("ada@example.org,pending,2026-01-01\nbo@example.org,pending,2026-01-01\n");
        database.update("update subscriber set left_at = created_at where email = 'bo@example.org'");
        assertEquals(1, upkeep.forgetUnconfirmed());
        assertEquals("bo@example.org", only().email, "the record of leaving outlives the night");
    }

    @Test
    void topicsThatAreGoneAreTakenNamedCountedAndWrittenAgain() throws IOException {
        String list = WITH_LANGUAGE
                + "ada@example.test,confirmed,daily,1,7,UTC,5,no,0,,speech;old-agents,robots,,2026-03-01T00:00:00Z,en\n"
                + "bo@example.test,confirmed,daily,1,7,UTC,5,no,0,,old-agents;older,,,2026-03-01T00:00:00Z,en\n"
                + "cy@example.test,withdrawn,daily,1,7,UTC,5,no,0,,old-agents,,,2026-03-02T00:00:00Z,en\n";
        SubscribersFile.Report report = read(list);
        assertEquals("read 3, taken 3, rejected 0", report.toString());
        assertEquals(Set.of("old-agents", "older"), report.gone());
        assertEquals(Map.of("old-agents", 2, "older", 1), upkeep.gone(topics));
        assertEquals(list, written());
        service.at("2026-04-01T10:00:00Z");
        assertEquals("read 3, taken 3, rejected 0", read(list).toString());
        assertEquals(list, written());
    }

    @Test
    void aLeavingIsTakenThoughNothingElseOfItsLineCanBeRead() throws IOException {
        read(HEADER + "ada@example.test,confirmed,daily,1,7,UTC,5,no,0,,speech,robots,,2026-03-01T00:00:00Z\n");
        SubscribersFile.Report report = read(
                HEADER + "ada@example.test,withdrawn,hourly,9,77,Nowhere,0,maybe,-1,then,No Topic,(,???,2026-03-02\n");
        assertEquals("read 1, taken 1, rejected 0", report.toString());
        assertEquals("WITHDRAWN | topic:speech\nrobots\n", database.rows("select consent, interests from subscriber"));
    }
}
