package org.dailypapers.subscriber.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.subscriber.AddressChange;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.SubscriberImport;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.leaving.LeavingsJournal;
import org.dailypapers.subscriber.preference.Preferences;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that was restored from a backup, and the journal that has gone on since. */
@QuarkusTest
class RestoredLeavingsTest {

    private static final Instant YES = Instant.parse("2026-01-01T00:00:00Z");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    Subscriptions subscriptions;

    @Inject
    SubscriberImport imports;

    @Inject
    AddressChange addresses;

    @Inject
    SuppressionList suppressions;

    @Inject
    RestoredLeavings restored;

    @ConfigProperty(name = "daily-papers.data")
    Path data;

    private Path journal;

    @BeforeEach
    void begin() throws IOException {
        service.at("2026-04-01T10:00:00Z");
        journal = data.resolve("leavings.csv");
        Files.deleteIfExists(journal);
    }

    private static EmailAddress address(String name) {
        return EmailAddress.parse(name + "@example.test").orElseThrow();
    }

    private Subscriber confirmed(String name) {
        return imports.bringIn(address(name), Preferences.standard(ZoneId.of("UTC")), Consent.CONFIRMED, YES, null);
    }

    /** Everything is as it was when all of them had said yes. */
    private void restore(String... names) {
        database.empty();
        for (String name : names) {
            QuarkusTransaction.requiringNew().run(() -> confirmed(name));
        }
        database.update("update subscriber set created_at = confirmed_at");
    }

    private Optional<Consent> consent(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.find(address(name)))
                .map(s -> s.consent);
    }

    @Test
    void whoLeftSinceTheBackupStaysOutAndNobodyElse() throws IOException {
        String[] names = {"stays", "left", "erased", "back", "undone", "full"};
        restore(names);
        subscriptions.withdraw(id("left"), "unsubscribe page");
        subscriptions.erase(id("erased"));
        subscriptions.withdraw(id("undone"), "unsubscribe page");
        subscriptions.withdraw(id("back"), "unsubscribe page");
        suppressions.add("full@example.test", "550 5.1.1 no such user, \"here\"");
        suppressions.add("lifted@example.test", "550 5.1.1");
        clock.moveTo("2026-04-02T10:00:00Z");
        subscriptions.undo(id("undone"));
        suppressions.remove("lifted@example.test");
        clock.moveTo("2026-04-03T10:00:00Z");
        QuarkusTransaction.requiringNew()
                .run(() -> imports.bringIn(
                        address("back"),
                        Preferences.standard(ZoneId.of("UTC")),
                        Consent.CONFIRMED,
                        clock.instant(),
                        null));
        assertFalse(Files.readString(journal).contains("example.test"), "it names nobody");

        restore(names);
        assertEquals(
                "read 9, withdrawn 1, erased 1, suppressed 1, rejected 0",
                restored.read(journal, n -> {}).toString());
        for (String name : List.of("stays", "back", "undone", "full")) {
            assertEquals(Optional.of(Consent.CONFIRMED), consent(name), name);
        }
        assertEquals(Optional.of(Consent.WITHDRAWN), consent("left"));
        assertEquals(Optional.empty(), consent("erased"));
        assertTrue(suppressions.find("full@example.test").isPresent());
        assertTrue(suppressions.find("lifted@example.test").isEmpty());
        assertThrows(IllegalArgumentException.class, () -> confirmed("erased"), "no list brings them back");
        assertThrows(IllegalArgumentException.class, () -> confirmed("left"));

        String all = database.dump();
        assertEquals(
                "read 9, withdrawn 0, erased 0, suppressed 0, rejected 0",
                restored.read(journal, n -> {}).toString());
        assertEquals(all, database.dump(), "a second time changes nothing");
    }

    private long id(String name) {
        return QuarkusTransaction.requiringNew()
                .call(() -> subscriptions.find(address(name)).orElseThrow().id);
    }

    @Test
    void whoLeftFromAnotherAddressSinceTheBackupStaysOut() throws IOException {
        String[] names = {"left", "erased", "undone", "moved"};
        restore(names);
        for (String name : names) {
            move(name);
        }
        subscriptions.withdraw(id("left.new"), "unsubscribe page");
        subscriptions.erase(id("erased.new"));
        subscriptions.withdraw(id("undone.new"), "unsubscribe page");
        clock.moveTo("2026-04-02T10:00:00Z");
        subscriptions.undo(id("undone.new"));

        restore(names);
        restored.read(journal, n -> {});
        assertEquals(Optional.of(Consent.WITHDRAWN), consent("left"));
        assertEquals(Optional.empty(), consent("erased"));
        assertEquals(Optional.of(Consent.CONFIRMED), consent("undone"));
        assertEquals(Optional.of(Consent.CONFIRMED), consent("moved"));
    }

    private void move(String name) {
        long id = id(name);
        assertEquals(AddressChange.Asked.MAILED, addresses.ask(id, address(name + ".new"), "by the reader"));
        addresses.confirm(
                Long.parseLong(database.rows("select id from request where kind = 'MOVE' and subscriber_id = " + id)
                        .strip()),
                "Yes");
    }

    @Test
    void whoSaidYesAfterwardsStaysIn() throws IOException {
        restore("ada");
        subscriptions.withdraw(id("ada"), "unsubscribe page");
        restore("ada");
        clock.moveTo("2026-05-01T00:00:00Z");
        QuarkusTransaction.requiringNew()
                .run(() -> imports.bringIn(
                        address("ada"),
                        Preferences.standard(ZoneId.of("UTC")),
                        Consent.CONFIRMED,
                        clock.instant(),
                        null));
        assertEquals(0, restored.read(journal, n -> {}).withdrawn());
        assertEquals(Optional.of(Consent.CONFIRMED), consent("ada"));
    }

    @Test
    void aClockThatWasAheadAtAYesBringsNobodyBackWhoLeftAfterwards() throws IOException {
        restore("ada");
        subscriptions.withdraw(id("ada"), "unsubscribe page");
        clock.moveTo("2026-04-02T10:00:00Z");
        subscriptions.undo(id("ada"));
        clock.moveTo("2026-04-01T12:00:00Z");
        subscriptions.withdraw(id("ada"), "unsubscribe page");
        restore("ada");
        database.update("update subscriber set confirmed_at = timestamp with time zone '2026-04-02 10:00:00+00'");
        assertEquals(1, restored.read(journal, n -> {}).withdrawn());
        assertEquals(Optional.of(Consent.WITHDRAWN), consent("ada"));
    }

    @Test
    void aFolderThatServedAnotherDatabaseBeforeAndOneWhoseOlderLinesAreCutOffStillTell() throws IOException {
        Files.createFile(journal);
        restore("ada");
        subscriptions.withdraw(id("ada"), "unsubscribe page");
        List<String> lines = Files.readAllLines(journal);
        assertEquals(2, lines.size(), "a file that was empty has a heading too");
        restore("ada");
        Files.write(journal, List.of(lines.get(1).replaceAll(",[0-9a-f]{16},", ",0123456789abcdef,"), lines.get(1)));
        assertTrue(LeavingsJournal.is(journal), "without its heading");
        assertEquals(
                "read 2, withdrawn 1, erased 0, suppressed 0, rejected 0, of another database 1",
                restored.read(journal, n -> {}).toString());
        Files.writeString(journal, "email,status\nada@example.test,confirmed\n");
        assertFalse(LeavingsJournal.is(journal));
    }

    @Test
    void aLineThatACrashCutOffCostsItselfAloneAndAnotherInstancesJournalIsRefused() throws IOException {
        restore("ada");
        subscriptions.withdraw(id("ada"), "unsubscribe page");
        assertTrue(LeavingsJournal.is(journal));
        restore("ada");
        Files.writeString(journal, "\nleft,2026-04-01T1", StandardOpenOption.APPEND);
        assertEquals(
                "read 2, withdrawn 1, erased 0, suppressed 0, rejected 1",
                restored.read(journal, n -> {}).toString());
        String foreign = Files.readString(journal).replaceAll(",[0-9a-f]{16},", ",0123456789abcdef,");
        Files.writeString(journal, foreign);
        assertThrows(IOException.class, () -> restored.read(journal, n -> {}));
    }
}
