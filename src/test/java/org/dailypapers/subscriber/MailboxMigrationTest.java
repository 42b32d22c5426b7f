package org.dailypapers.subscriber;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.dailypapers.subscriber.preference.Preferences;
import org.junit.jupiter.api.Test;

/** Readers from before have the mailbox that they would have today. */
@QuarkusTest
class MailboxMigrationTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    SubscriberImport imports;

    @Test
    void theMigrationFindsTheMailboxesThatTheServiceFinds() throws IOException {
        service.at("2026-03-02T12:00:00Z");
        for (String email : List.of(
                "Ada.Lovelace@example.org",
                "ada+papers@example.org",
                "ada+a+b@example.org",
                "+ada@example.org",
                "a.d.a+x@gmail.com",
                "a.da@googlemail.com",
                "g.h@notgmail.com",
                "a.d-a_+x@pm.me",
                "ada-l@protonmail.com",
                "b@proton.me",
                "josé+x@bücher.example")) {
            imports.bringIn(
                    EmailAddress.parse(email).orElseThrow(),
                    Preferences.standard(ZoneId.of("UTC")),
                    Consent.PENDING,
                    clock.instant(),
                    null);
        }
        String now = database.rows("select email, mailbox_key from subscriber order by id");
        database.update("update subscriber set mailbox_key = ''");
        try (InputStream file = getClass().getResourceAsStream("/db/migration/common/V12__mailboxes.sql")) {
            for (String statement : new String(file.readAllBytes(), StandardCharsets.UTF_8).split(";")) {
                if (statement.strip().startsWith("update")) {
                    database.update(statement);
                }
            }
        }
        assertEquals(now, database.rows("select email, mailbox_key from subscriber order by id"));
    }
}
