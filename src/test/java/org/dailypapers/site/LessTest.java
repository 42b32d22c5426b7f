package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page for leaving offers beside leaving. */
@QuarkusTest
class LessTest {

    @Inject
    FreshService service;

    @Inject
    Database database;

    @Inject
    House house;

    @Inject
    Subscriptions subscriptions;

    @Inject
    LinkTokens tokens;

    private Subscriber reader;
    private String page;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        reader = house.reader("ada").interestedIn("graph").confirmed();
        page = "/unsubscribe/" + tokens.issue(TokenPurpose.UNSUBSCRIBE, reader.id);
    }

    private List<String> offered() {
        return Jsoup.parse(given().get(page).then().statusCode(200).extract().asString())
                .select("main button[name=action]")
                .eachAttr("value");
    }

    private String press(String action) {
        return given().contentType("application/x-www-form-urlencoded")
                .body(action)
                .post(page)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private Subscriber again() {
        return subscriptions.find(reader.id).orElseThrow();
    }

    @Test
    void aReaderMayHaveLettersOnceAWeekASmallerOneOrAPause() {
        String before = database.dump();
        assertEquals(List.of("weekly", "smaller", "pause"), offered());
        assertEquals(before, database.dump(), "looking changes nothing");
        assertTrue(press("action=weekly").contains("one letter a week, on Mondays"));
        assertEquals(Frequency.WEEKLY, again().preferences().frequency());
        assertEquals(List.of("smaller", "pause"), offered());
        press("action=smaller");
        assertEquals(5, again().preferences().size());
        assertTrue(press("action=pause").contains("No letters until 1 April"));
        assertEquals(LocalDate.parse("2026-04-01"), again().pauseUntil);
        assertEquals(List.of(), offered());
        assertEquals(Consent.CONFIRMED, again().consent);
        assertEquals(List.of("graph"), again().preferences().interests());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "List-Unsubscribe=One-Click",
                "List-Unsubscribe=One-Click&action=weekly",
                "action=weekly&more",
                "action=Weekly",
                "action=nothing",
                "x"
            })
    void allElseIsLeaving(String body) {
        press(body);
        assertEquals(Consent.WITHDRAWN, again().consent);
        assertEquals(Frequency.DAILY, again().preferences().frequency());
    }

    @Test
    void whoHasLeftIsNotBroughtBackByLess() {
        press("");
        for (String action : List.of("weekly", "smaller", "pause")) {
            press("action=" + action);
        }
        assertEquals(Consent.WITHDRAWN, again().consent);
    }

    @Test
    void lessIsNeverMore() {
        subscriptions.change(reader.id, now -> now.with(3));
        subscriptions.pause(reader.id, LocalDate.parse("2027-01-01"));
        press("action=smaller");
        press("action=pause");
        assertEquals(3, again().preferences().size());
        assertEquals(LocalDate.parse("2027-01-01"), again().pauseUntil);
    }
}
