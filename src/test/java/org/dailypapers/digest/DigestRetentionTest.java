package org.dailypapers.digest;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.dailypapers.AcceptingTransport;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.MovedClock;
import org.dailypapers.Schedule;
import org.dailypapers.ScriptedSource;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.Links;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DigestRetentionTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    MovedClock clock;

    @Inject
    ScriptedSource source;

    @Inject
    Schedule schedule;

    @Inject
    Delivery delivery;

    @Inject
    House house;

    @Inject
    Links links;

    @Inject
    DigestRetention retention;

    @Inject
    DigestHistory history;

    @Inject
    Subscriptions subscriptions;

    private Subscriber ada;

    @BeforeEach
    void aDigestIsSent() {
        service.at("2026-03-01T12:00:00Z");
        source.list(House.paper("2602.00001", "An older paper", "2026-03-01"));
        schedule.tick();
        ada = house.reader("ada").interestedIn("graph").confirmed();
        source.list(House.paper("2603.00001", "A graph of something", "2026-03-02", 3));
        clock.moveTo("2026-03-02T12:00:00Z");
        schedule.tick();
        clock.moveTo("2026-03-03T08:00:00Z");
        schedule.tick();
        delivery.drain(new AcceptingTransport());
        assertEquals(1, digests());
    }

    @Test
    void anOldDigestIsForgottenAndItsPageSaysSo() {
        String page = page();
        clock.move(Duration.ofDays(365));
        assertEquals(0, retention.prune());
        assertEquals(200, given().get(page).statusCode());
        clock.move(Duration.ofDays(1));
        assertEquals(1, retention.prune());
        assertEquals(0, digests());
        String gone = given().get(page).then().statusCode(410).extract().asString();
        assertTrue(gone.contains("no longer kept"), gone);
        assertEquals(0, history.of(ada.id).size());
        assertEquals("1\n", database.rows("select count(*) from reader where seen <> ''"), "what was seen stays seen");
    }

    @Test
    void anErasedReadersLetterIsUnknown() {
        String page = page();
        subscriptions.erase(ada.id);
        given().get(page).then().statusCode(404);
    }

    @Test
    void aDigestThatStillWaitsIsKept() {
        database.update("update message set state = 'QUEUED', ended_at = null");
        clock.move(Duration.ofDays(400));
        assertEquals(0, retention.prune());
        assertEquals(1, digests());
    }

    @Test
    void aNewDigestOfAnOldEditionIsKept() {
        clock.move(Duration.ofDays(400));
        copy(1, "timestamp with time zone '2027-04-01 00:00:00+00'");
        assertEquals(1, retention.prune());
        assertEquals(1, digests());
    }

    @Test
    void manyAreForgottenInPieces() {
        for (int n = 1; n <= 2_050; n++) {
            copy(n, "composed_at");
        }
        clock.move(Duration.ofDays(366));
        assertEquals(2_051, retention.prune());
        assertEquals(0, digests());
    }

    private void copy(int n, String composedAt) {
        database.update(
                "insert into digest (id, subscriber_id, kind, from_date, to_date, composed_at, local_date, items,"
                        + " given_back) select id + 1000000 + " + n + ", subscriber_id, kind, from_date, to_date, "
                        + composedAt
                        + ", local_date, items, id + 1000000 + " + n + " from digest where given_back = 0");
    }

    private String page() {
        long digest = Long.parseLong(database.rows("select id from digest").strip());
        return links.letter(digest, clock.instant()).getPath();
    }

    private int digests() {
        return Integer.parseInt(database.rows("select count(*) from digest").strip());
    }
}
