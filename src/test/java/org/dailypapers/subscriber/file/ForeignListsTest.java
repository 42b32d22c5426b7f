package org.dailypapers.subscriber.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.command.verb.Commands;
import org.dailypapers.command.verb.Console;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.source.RealData;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who come along from another program: who said yes comes in, who left stays out. */
@QuarkusTest
class ForeignListsTest {

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
    SuppressionList suppressions;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        service.at("2026-09-01T10:00:00Z");
    }

    private Path list(String text) throws IOException {
        Path list = Files.writeString(Files.createTempFile(folder, "list", ".csv"), text);
        Files.setLastModifiedTime(list, FileTime.from(Instant.parse("2026-08-31T00:00:00Z")));
        return list;
    }

    private SubscribersFile.Report read(String text) throws IOException {
        return file.read(list(text), n -> {});
    }

    /** How many are in each state; whose address is suppressed counts as that. */
    private Map<String, Long> states() {
        var states = new TreeMap<>(subscriptions.after(Long.MIN_VALUE, 100_000).stream()
                .collect(Collectors.groupingBy(s -> s.consent.name(), Collectors.counting())));
        long suppressed =
                database.rows("select address_hash from suppression").lines().count();
        if (suppressed > 0) {
            states.put("suppressed", suppressed);
        }
        return states;
    }

    private Subscriber of(String address) {
        return subscriptions.find(EmailAddress.parse(address).orElseThrow()).orElseThrow();
    }

    /** The status, and all that was said. */
    private static String run(String... arguments) {
        var said = new ByteArrayOutputStream();
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        int status = Commands.run(arguments, new Console(stream, stream, Path.of("."), false));
        return status + " " + said.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void eachExportOfOtherProgramsHasTheReadersThatItSays() throws IOException {
        Path exports = RealData.path("subscriber-exports");
        Map<String, Map<String, Long>> expected = Map.of(
                "mailchimp-subscribed.csv", Map.of("CONFIRMED", 5L),
                "mailchimp-unsubscribed.csv", Map.of("WITHDRAWN", 5L),
                "mailchimp-cleaned.csv", Map.of("suppressed", 5L),
                "beehiiv.csv", Map.of("CONFIRMED", 5L, "PENDING", 1L, "WITHDRAWN", 3L));
        for (var each : expected.entrySet()) {
            begin();
            SubscribersFile.Report report = file.read(exports.resolve(each.getKey()), n -> {});
            assertEquals(List.of(), report.rejections(), each.getKey());
            assertEquals(new TreeMap<>(each.getValue()), states(), each.getKey());
            String before = database.dump();
            assertEquals(
                    report.read(),
                    file.read(exports.resolve(each.getKey()), n -> {})
                            .outcomes()
                            .get(ImportOutcome.UNCHANGED),
                    each.getKey());
            assertEquals(before, database.dump(), "twice the same file changes nothing: " + each.getKey());
        }
        begin();
        SubscribersFile.Report substack = file.read(exports.resolve("substack-signups.csv"), n -> {});
        assertEquals(0, substack.rejected(), substack.rejections()::toString);
        assertEquals(
                substack.read(), states().values().stream().mapToLong(n -> n).sum());
        assertEquals(Consent.WITHDRAWN, of("reader3@example.org").consent, "email_disabled");
        assertEquals(
                "2018-08-27T15:06:27.713Z",
                of("reader1@example.org").confirmedAt.toString());
    }

    @Test
    void threeFilesOfOneListAgreeInWhateverOrderTheyAreRead() throws IOException {
        Path subscribed = list("Email Address,OPTIN_TIME,CONFIRM_TIME,LEID,EUID\n"
                + "ada@example.org,2020-01-01 10:00:00,2020-01-02 10:00:00,1,a\n"
                + "bo@example.org,2020-01-01 10:00:00,2020-01-02 10:00:00,2,b\n");
        Path left = list("Email Address,CONFIRM_TIME,UNSUB_TIME,LEID,EUID\n"
                + "bo@example.org,2020-01-02 10:00:00,2021-05-05 10:00:00,2,b\n");
        Path cleaned = list("Email Address,CONFIRM_TIME,CLEAN_TIME,LEID,EUID\n"
                + "cy@example.org,2020-01-02 10:00:00,2021-05-05 10:00:00,3,c\n");
        for (List<Path> order : List.of(
                List.of(subscribed, left, cleaned),
                List.of(left, cleaned, subscribed),
                List.of(cleaned, subscribed, left))) {
            begin();
            var arguments = new ArrayList<>(List.of("subscribers", "import"));
            order.forEach(path -> arguments.add(path.toString()));
            run(arguments.toArray(String[]::new));
            assertEquals(Map.of("CONFIRMED", 1L, "WITHDRAWN", 1L, "suppressed", 1L), states());
            assertEquals(
                    "2020-01-02T10:00:00Z", of("ada@example.org").confirmedAt.toString());
            assertEquals("2021-05-05T10:00:00Z", of("bo@example.org").leftAt.toString());
        }
    }

    @Test
    void listmonksExportIsTakenOnlyWhereItIsKnownWhoLeft() throws IOException {
        String export = "uuid,email,name,attributes,status,created_at,updated_at\n"
                + "u1,ada@example.org,Ada,{},enabled,2026-01-01 12:53:04 +0000 UTC,2026-07-21 12:53:04 +0000 UTC\n"
                + "u2,bo@example.org,Bo,{},blocklisted,2026-01-01 12:53:04 +0000 UTC,2026-07-21 12:53:04 +0000 UTC\n"
                + "u3,cy@example.org,Cy,{},disabled,2026-01-01 12:53:04 +0000 UTC,2026-07-21 12:53:04 +0000 UTC\n"
                + "u4,dan@example.org,Dan,{},enabled,2026-01-01 12:53:04 +0000 UTC,2026-07-21 12:53:04 +0000 UTC\n";
        String refused = assertThrows(IOException.class, () -> read(export)).getMessage();
        assertTrue(refused.contains("--nobody-left") && refused.lines().count() == 1, refused);
        assertEquals(Map.of(), states());
        String said = run(
                "subscribers",
                "import",
                "--left=" + list("dan@example.org\n"),
                list(export).toString());
        assertTrue(said.contains("rejected: line 5: is named in a list of people who left"), said);
        assertEquals(Map.of("CONFIRMED", 1L, "WITHDRAWN", 3L), states());
        begin();
        run("subscribers", "import", "--nobody-left", list(export).toString());
        assertEquals(Map.of("CONFIRMED", 2L, "WITHDRAWN", 2L), states());
        assertEquals("2026-07-21T12:53:04Z", of("bo@example.org").leftAt.toString());
    }

    @Test
    void formsThatAreKnownByTheirColumnsAreRead() throws IOException {
        record Form(String text, Map<String, Long> states) {}
        for (Form form : List.of(
                new Form(
                        "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id\n"
                                + "1,ada@example.org,Ada,,true,false,,2024-05-01T10:00:00.000Z,,,Free,\n"
                                + "2,bo@example.org,Bo,,false,false,,2024-05-01T10:00:00.000Z,,,Free,\n"
                                + "3,cy@example.org,Cy,,true,false,,2024-05-01T10:00:00.000Z,2025-05-01T10:00:00.000Z,,Free,\n",
                        Map.of("CONFIRMED", 1L, "WITHDRAWN", 2L)),
                new Form(
                        "email,notes,metadata,tags,creation_date,subscriber_type,unsubscription_date\n"
                                + "ada@example.org,,{},,2024-05-01T10:00:00Z,regular,\n"
                                + "bo@example.org,,{},,2024-05-01T10:00:00Z,unactivated,\n"
                                + "cy@example.org,,{},,2024-05-01T10:00:00Z,unsubscribed,2025-05-01T10:00:00Z\n"
                                + "dan@example.org,,{},,2024-05-01T10:00:00Z,undeliverable,\n",
                        Map.of("CONFIRMED", 1L, "PENDING", 1L, "WITHDRAWN", 1L, "suppressed", 1L)),
                new Form(
                        "\ufeffEmail Address;Subscribed at;Name\nada@example.org;2024-05-01 10:00:00 UTC;=cmd()\n",
                        Map.of("CONFIRMED", 1L)),
                new Form(
                        " E-MAIL \t Created At\tSTATUS\nada@example.org\t2024-05-01\tActive\nbo@example.org\t2024-05-01\tComplained\n",
                        Map.of("CONFIRMED", 1L, "WITHDRAWN", 1L, "suppressed", 1L)),
                new Form(
                        "email,expiry,email_disabled,prefer_digests,stripe_connected_customer_id,type\n"
                                + "ada@example.org,,false,false,,free\nbo@example.org,,true,false,,paid\n",
                        Map.of("PENDING", 1L, "WITHDRAWN", 1L)),
                new Form(
                        "Email,Subscribed,Unsubscribed\nada@example.org,2024-05-01,\nbo@example.org,2024-05-01,2025-01-01\n",
                        Map.of("CONFIRMED", 1L, "WITHDRAWN", 1L)),
                new Form("ada@example.org\nbo@example.org\n", Map.of("PENDING", 2L)),
                new Form("Email\nada@example.org\n", Map.of("PENDING", 1L)))) {
            begin();
            SubscribersFile.Report report = read(form.text());
            assertEquals(List.of(), report.rejections(), form.text());
            assertEquals(new TreeMap<>(form.states()), states(), form.text());
            String before = database.dump();
            read(form.text());
            assertEquals(before, database.dump(), form.text());
        }
    }

    @Test
    void aListWithoutDatesIsConfirmedByTheOperatorsWordAlone() throws IOException {
        String said = run("subscribers", "import", list("ada@example.org\n").toString());
        assertTrue(said.contains("1 are pending and sent nothing"), said);
        run(
                "subscribers",
                "import",
                "--since=2025-01-31",
                list("ada@example.org\n").toString());
        assertEquals("2025-01-31T00:00:00Z", of("ada@example.org").confirmedAt.toString());
    }

    @Test
    void whoLeftHereOrSaidYesHereSinceKeepsTheLastWord() throws IOException {
        read("email,created_at\nada@example.org,2024-05-01\nbo@example.org,2024-05-01\n");
        subscriptions.withdraw(of("ada@example.org").id, "one click");
        subscriptions.save(of("bo@example.org").id, Preferences.standard(java.time.ZoneId.of("Asia/Tokyo")));
        SubscribersFile.Report again =
                read("email,created_at\nAda@Example.org,2024-06-01\nbo@example.org,2024-05-01\n");
        assertEquals("read 2, taken 1, rejected 1", again.toString());
        assertEquals("Asia/Tokyo", of("bo@example.org").zone, "a column that is not there leaves what was chosen");
        read("email,status,created_at\ncy@example.org,confirmed,2026-08-31T12:00:00Z\n");
        SubscribersFile.Report older = read("email,status,created_at\ncy@example.org,inactive,2024-01-01\n");
        assertTrue(
                older.rejections().getFirst().contains("said yes at 2026-08-31T12:00:00Z"),
                older.rejections()::toString);
    }

    @Test
    void whoLeftHereComesBackByNoDateOfAnotherProgramsList() throws IOException {
        for (String list : List.of(
                "ada@example.org\n",
                "Email\nADA@example.org\n",
                "email,created_at\nada@example.org,2026-08-30\n",
                "email,date_added,status\nada+papers@example.org,2026-08-30,active\n",
                "Email Address,CONFIRM_TIME,LEID,EUID\nada@example.org,2026-08-30 10:00:00,1,a\n")) {
            for (boolean erased : List.of(false, true)) {
                service.at("2026-03-01T10:00:00Z");
                read("email,created_at\nada@example.org,2025-05-01\n");
                long ada = of("ada@example.org").id;
                subscriptions.withdraw(ada, "one click");
                if (erased) {
                    subscriptions.erase(ada);
                }
                clock.moveTo("2026-09-01T10:00:00Z");
                Map<String, Long> before = states();
                for (String dry : List.of("--dry-run", "--nobody-left")) {
                    String said = run(
                            "subscribers",
                            "import",
                            "--since=2026-08-01",
                            dry,
                            list(list).toString());
                    assertTrue(said.startsWith("1 ") && said.contains("rejected: line "), list + said);
                    assertTrue(said.contains("left at 2026-03-01T10:00:00Z and comes back by their own act"), said);
                    assertEquals(before, states(), list);
                }
            }
        }
    }

    @Test
    void whoIsInAListOfLeaversComesInByNoOtherListOfTheRun() throws IOException {
        read("email,created_at\nada@example.org,2026-08-31T12:00:00Z\n");
        String left = "--left=" + list("ada@example.org\nbo@example.org\n");
        for (String text : List.of(
                "email,status,since\nBo+x@example.org,confirmed,2026-08-31T12:00:00Z\n",
                "email,status,since\nbo@example.org,pending,\n",
                "email,created_at\nbo@example.org,2026-08-31T12:00:00Z\n")) {
            for (List<String> call : List.of(
                    List.of(
                            "subscribers",
                            "import",
                            "--dry-run",
                            left,
                            list(text).toString()),
                    List.of("subscribers", "import", left, list(text).toString()))) {
                String said = run(call.toArray(String[]::new));
                assertTrue(said.contains("rejected: line 1: said yes at 2026-08-31T12:00:00Z"), said);
                assertTrue(said.contains("rejected: line 2: is named in a list of people who left"), said);
            }
            assertEquals(Map.of("CONFIRMED", 1L, "WITHDRAWN", 1L), states(), text);
        }
    }

    @Test
    void nothingIsReadBehindAListOfLeaversOfWhichNothingIsTaken() throws IOException {
        String others = list("email,created_at\nbo@example.org,2026-08-01\n").toString();
        for (String text : List.of("email\n", "email\nno address\n", "email,name\n\"bo@example.org,Bo\n")) {
            String said = run("subscribers", "import", "--left=" + list(text), others);
            assertTrue(said.startsWith("1 ") && said.contains("nobody was brought in"), said);
            assertEquals(Map.of(), states(), text);
        }
    }

    @Test
    void ofTopicsThatAreNotOfferedAHundredAreNamed() throws IOException {
        var text = new StringBuilder("email,status,since,topics\n");
        for (int i = 0; i < 150; i++) {
            text.append("reader" + i + "@example.org,confirmed,2026-01-01,no-such-topic-" + i + "\n");
        }
        SubscribersFile.Report report = read(text.toString());
        assertEquals(150, report.taken());
        assertEquals(100, report.gone().size());
    }

    @Test
    void theLanguageIsTakenFromListsOfAddressesAndOfOtherProgramsWhereLettersAreWrittenInIt() throws IOException {
        SubscribersFile.Report report = read("""
                email,language,created_at
                ada@example.org,de_AT,2024-05-01
                bo@example.org,pt,2024-05-01
                cy@example.org,"(none, ask)",2024-05-01
                dan@example.org,,2024-05-01
                """);
        assertEquals(4, report.taken());
        assertEquals("de", of("ada@example.org").language);
        assertEquals("en", of("bo@example.org").language);
        assertEquals("en", of("cy@example.org").language);
        assertEquals(Set.of("pt", "(none, ask)"), report.unspoken());
        assertEquals(1, read("email,language\neve@example.org,ja\n").taken());
        assertEquals("ja", of("eve@example.org").language);
    }

    @Test
    void aDryRunSaysWhatWouldComeAndChangesNothing() throws IOException {
        read("email,created_at\nada@example.org,2024-05-01\n");
        String before = database.dump();
        Path report = folder.resolve("report.csv");
        String said = run(
                "subscribers",
                "import",
                "--dry-run",
                "--report=" + report,
                list("email,name,status,created_at,unsubscribed_at\n"
                                + "ada@example.org,Ada,active,2024-05-01,\n"
                                + "bo@example.org,Bo,active,2024-05-01,\n"
                                + "cy@example.org,Cy,active,2024-05-01,2025-05-01\n"
                                + "dan@example.org,Dan,dancing,2024-05-01,\n")
                        .toString());
        for (String line : List.of(
                "\tname: left aside",
                "\tunsubscribed_at: when they left",
                "\tline 2\tada@example.org\tunchanged",
                "\tline 3\tbo@example.org\tnew",
                "\tline 4\tcy@example.org\tleft",
                "rejected: line 5: it is not known what the status \"dancing\" means",
                "would have read 4, taken 3, rejected 1: new 1, unchanged 1, left 1")) {
            assertTrue(said.contains(line), line + " in\n" + said);
        }
        assertEquals(before, database.dump());
        assertEquals(5, Files.readAllLines(report).size());
    }

    @Test
    void aThousandAndMoreAreBroughtInTogetherWithTheirStandings() throws IOException {
        var text = new StringBuilder("email,status,since\n");
        for (int i = 0; i < 2_500; i++) {
            text.append("reader").append(i).append("@example.org,confirmed,2026-01-01\n");
        }
        text.append("reader7@example.org,confirmed,2026-01-01\nno address,confirmed,2026-01-01\n");
        subscriptions.withdraw(
                file.read(list("email,status,since\nReader9+x@example.org,confirmed,2026-02-01\n"), n -> {})
                                        .read()
                                == 1
                        ? of("reader9+x@example.org").id
                        : 0,
                "one click");
        SubscribersFile.Report report = read(text.toString());
        assertEquals("read 2502, taken 2500, rejected 2", report.toString());
        assertEquals(2_499, report.outcomes().get(ImportOutcome.NEW));
        assertEquals(
                "2500 | 2500\n",
                database.rows(
                        "select (select count(*) from reader), (select count(*) from consent where consent = 'CONFIRMED')"));
        assertEquals(
                Map.of(ImportOutcome.UNCHANGED, 2_500), read(text.toString()).outcomes());
    }

    @Test
    void hostileFilesCostALineEach() throws IOException {
        var bad = new StringBuilder("email,created_at\n");
        for (int i = 0; i < 20_000; i++) {
            bad.append("no address ").append(i).append(",2024-05-01\n");
        }
        SubscribersFile.Report report = read(bad + "ada@example.org,2024-05-01\n");
        assertEquals("read 20001, taken 1, rejected 20000", report.toString());
        assertEquals(1_000, report.rejections().size(), "the others were told, and not kept");
        report = read("email,created_at\n" + "x".repeat(1 << 20) + "@example.org,2024-05-01\nbo@example.org,\u0000\n"
                + "=cmd@example.org,2024-05-01\n");
        assertEquals(
                2,
                report.rejections().stream()
                        .filter(r -> r.startsWith("line 2: it is longer") || r.startsWith("line 3: it holds a NUL"))
                        .count());
        assertTrue(suppressions.find("nobody@example.org").isEmpty());
    }
}
