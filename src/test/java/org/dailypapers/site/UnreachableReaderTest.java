package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.reputation.MailboxUnreachable;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader whose mailbox takes nothing: letters rest, and their page says why. */
@QuarkusTest
class UnreachableReaderTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @Inject
    Event<MailboxUnreachable> unreachable;

    private long reader;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        reader = house.reader("ada").interestedIn("graphs").confirmed().id;
        database.update(
                "insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date, items,"
                        + " given_back) values (7, " + reader
                        + ", 'SCHEDULED', date '2026-02-28', date '2026-03-01', timestamp"
                        + " with time zone '2026-03-02 07:00:00+00', date '2026-03-02', '[]', 0)");
    }

    @Test
    void lettersRestForThirtyDaysAndThePageSaysWhyUntilTheReaderResumes() {
        QuarkusTransaction.requiringNew().run(() -> unreachable.fire(new MailboxUnreachable("digest", 7)));
        assertEquals("2026-04-01 | UNREACHABLE\n", paused());
        assertEquals("2026-04-01", database.rows("select next_due from reader").substring(0, 10));
        String door = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader);
        String page = given().get(door).asString();
        assertTrue(page.contains("your mailbox could not take our last letters"), page);
        String after = given().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("action", "resume")
                .post(door)
                .asString();
        assertFalse(after.contains("your mailbox could not"), after);
        assertEquals("null | null\n", paused());
    }

    @Test
    void aLongerPauseOfTheReadersOwnStands() {
        database.update("update subscriber set pause_until = date '2026-09-01'");
        QuarkusTransaction.requiringNew().run(() -> unreachable.fire(new MailboxUnreachable("digest", 7)));
        assertEquals("2026-09-01 | null\n", paused());
    }

    @Test
    void lettersOfAnotherKindPauseNobody() {
        QuarkusTransaction.requiringNew().run(() -> unreachable.fire(new MailboxUnreachable("service", 7)));
        assertEquals("null | null\n", paused());
    }

    private String paused() {
        return database.rows("select pause_until, pause_reason from subscriber");
    }
}
