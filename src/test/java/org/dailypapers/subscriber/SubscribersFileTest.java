package org.dailypapers.subscriber;

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
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class SubscribersFileTest {

    private static final String HEADER = "email,status,frequency,weekday,hour,timezone,size,fill,min-votes,pause-until,"
            + "topics,keywords,authors,since\n";

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
        var lines = new StringBuilder(HEADER);
        List<String> status = List.of("confirmed", "pending", "withdrawn");
        List<String> zones = List.of("UTC", "Europe/Berlin", "Australia/Lord_Howe");
        for (int i = 0; i < 1000; i++) {
            lines.append("reader%d@example.org,%s,%s,%d,%d,%s,%d,%s,%d,%s,%s,\"%s\",%s,2025-0%d-11T08:00:00Z%n"
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
                            1 + i % 9));
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
        Subscriber ada = subscriptions.bringIn(
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
        assertTrue(fault("email;status\nada@example.org;confirmed\n").contains("email"));
        assertTrue(
                fault("email,status\nada@example.org,pending,too,many,cells\n").contains("line 2"));
        assertTrue(fault("email,status\nada@example.org,pending\n\"never closed,pending\n")
                .contains("line 3"));
        assertThrows(IOException.class, () -> file.read(folder, n -> {}));
        assertThrows(IOException.class, () -> file.read(folder.resolve("absent.csv"), n -> {}));
    }

    @Test
    void aFileInAnotherEncodingIsRefusedWithTheReason() throws IOException {
        Path latin = folder.resolve("latin.csv");
        Files.write(
                latin, "email,status,authors\nada@example.org,pending,Björk\n".getBytes(Charset.forName("ISO-8859-1")));
        String message =
                assertThrows(IOException.class, () -> file.read(latin, n -> {})).getMessage();
        assertTrue(message.contains("UTF-8"), message);
    }

    @Test
    void somebodyPendingThatTheOperatorBroughtInOutlivesTheNight() throws IOException {
        read("email,status\nada@example.org,pending\n");
        clock.moveTo("2026-04-02T03:17:00Z");
        assertEquals(0, subscriptions.forgetUnconfirmed());
        clock.moveTo("2026-05-03T03:17:00Z");
        assertEquals(1, subscriptions.forgetUnconfirmed());
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
        assertEquals(0, subscriptions.forgetUnconfirmed());
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
        subscriptions.request(address, Preferences.standard(java.time.ZoneId.of("UTC")));
        subscriptions.confirm(
                Long.parseLong(database.rows("select id from request").strip()));
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
    void whoConfirmsWhileTheUnconfirmedAreForgottenStays() throws IOException {
        taken("ada@example.org,pending,2026-01-01\nbo@example.org,pending,2026-01-01\n");
        database.update("update subscriber set left_at = created_at where email = 'bo@example.org'");
        assertEquals(1, subscriptions.forgetUnconfirmed());
        assertEquals("bo@example.org", only().email, "the record of leaving outlives the night");
    }
}
