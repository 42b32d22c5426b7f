package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.dailypapers.House.paper;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import org.dailypapers.Browser;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.edition.Intake;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What interests would have brought, before anybody signs up. */
@QuarkusTest
class ForecastTest {

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @Inject
    House house;

    @Inject
    LinkTokens tokens;

    @BeforeEach
    void threeEditions() {
        service.at("2026-03-05T12:00:00Z");
        intake.file(
                "huggingface",
                List.of(
                        paper("2603.00001", "A graph of one", "2026-03-02", 5),
                        paper("2603.00002", "A graph of two", "2026-03-02", 9),
                        paper("2603.00003", "A tree of three", "2026-03-03", 2),
                        paper("2603.00004", "A graph of four", "2026-03-04", 1))
                        .stream(),
                n -> {});
    }

    @Test
    void itCountsTheDaysAndShowsTheBestOfTheNewestEdition() {
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"graph\", \"zebra\", \"about\"]}")
                .post("/api/v1/forecast")
                .then()
                .statusCode(200)
                .body("days.papers", equalTo(List.of(2, 1, 1)))
                .body("interests.papers", equalTo(List.of(3, 0, 4)))
                .body("interests[0].hint", containsString("nearly everything"))
                .body("interests[1].hint", containsString("finds nothing"))
                .body("best", hasSize(1))
                .body("best[0].paper.id", equalTo("2603.00004"));
    }

    @Test
    void theOpenEditionDoesNotCountYet() {
        intake.file("huggingface", List.of(paper("2603.00005", "A graph of today", "2026-03-05", 1)).stream(), n -> {});
        given().get("/papers?date=2026-03-05")
                .then()
                .body(containsString("A graph of today"))
                .body(containsString("still open; it closes on Friday at 06:00 (UTC)"));
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"graph\"]}")
                .post("/api/v1/forecast")
                .then()
                .body("days.papers", equalTo(List.of(2, 0, 1)));
    }

    @Test
    void mutedPapersDoNotCount() {
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"graph\", \"!two\"], \"fill\": false}")
                .post("/api/v1/forecast")
                .then()
                .statusCode(200)
                .body("days.papers", equalTo(List.of(1, 0, 1)))
                .body("best[0].interest", equalTo("graph"))
                .body("error", nullValue());
    }

    @Test
    void whatCannotBeReadIsRefusedWithItsPlace() {
        for (String body : List.of("{}", "{\"interests\": []}", "{\"interests\": [\"\\\"open\"]}", "[", "7")) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/v1/forecast")
                    .then()
                    .statusCode(400);
        }
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"(graph\", \"\\\"open\"]}")
                .post("/api/v1/forecast")
                .then()
                .contentType("application/problem+json")
                .body("detail", containsString("Interest 1: This bracket is not closed (at character 1)"))
                .body("detail", containsString("Interest 2: This quotation mark is not closed"));
    }

    @Test
    void linesThatCannotBeReadAreNamedAndTheOthersAreAnsweredFor() {
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"\\\"half\", \"graph\", \"titel:x\"]}")
                .post("/api/v1/forecast")
                .then()
                .statusCode(200)
                .body("days.papers", equalTo(List.of(2, 0, 1)))
                .body("interests.interest", equalTo(List.of("graph")))
                .body("faults.number", equalTo(List.of(1, 3)))
                .body("faults.interest", equalTo(List.of("\"half", "titel:x")))
                .body("faults[0].message", containsString("quotation mark is not closed (at character 1)"))
                .body("faults[1].message", containsString("did you mean title:?"));
    }

    @Test
    void aMuteThatFindsNothingIsNoFaultAndAnAuthorGetsNoAdviceForKeywords() {
        given().contentType(ContentType.JSON)
                .body("{\"interests\": [\"!zebra\", \"author:\\\"Ada Nobody\\\"\", \"topic:robotics\", \"org:nobody\","
                        + " \"!about\", \"graph, one\", \"zebra, one\"]}")
                .post("/api/v1/forecast")
                .then()
                .statusCode(200)
                .body("interests[0].hint", nullValue())
                .body(
                        "interests[1].hint",
                        equalTo("has no paper in the last 3 editions; the next one will be in a letter"))
                .body("interests[2].hint", startsWith("has no paper"))
                .body("interests[3].hint", startsWith("has no paper"))
                .body("interests[4].hint", startsWith("keeps nearly everything out"))
                .body("interests[5].hint", startsWith("is read with each comma as “and”"))
                .body("interests[6].hint", containsString("other words may; it is read with each comma"));
    }

    @Test
    void withoutScriptThePreviewButtonSaysTheSame() {
        given().formParam("action", "preview")
                .formParam("keywords", "graph\nzebra\n!nothing\ngraph, one")
                .formParam("author", "Ada Nobody")
                .post("/subscribe")
                .then()
                .statusCode(200)
                .body(containsString("1.0 papers a day"))
                .body(containsString("“graph, one” is read with each comma as “and”"))
                .body(containsString("“Ada Nobody” has no paper in the last 3 editions"))
                .body(not(containsString("“!nothing”")))
                .body(containsString("“zebra” finds nothing in the last 3 editions"));
    }

    @Test
    void aHalfTypedLineLeavesTheRestOfTheForecastThere() throws Exception {
        var reader = house.reader("ada")
                .interestedIn("graph")
                .interestedIn("\"half <b>")
                .confirmed();
        String path = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader.id);
        Element forecast = Browser.page("http://localhost:" + RestAssured.port + path)
                .selectFirst("form[data-forecast] .forecast");
        assertEquals(
                "About 1.0 papers a day over the last 3 editions",
                forecast.selectFirst(".rate").text());
        assertThat(
                forecast.select(".faults li").eachText(),
                contains(startsWith("“\"half <b>”: This quotation mark is not closed")));
        assertEquals(0, forecast.select("b").size());
    }

    @Test
    void aFormWithInterestsShowsWhatTheyWouldHaveBrought() throws Exception {
        var reader = house.reader("ada")
                .interestedIn("graph")
                .interestedIn("zebra <b>")
                .confirmed();
        String path = "/preferences/" + tokens.issue(TokenPurpose.PREFERENCES, reader.id);
        Element forecast = Browser.page("http://localhost:" + RestAssured.port + path)
                .selectFirst("form[data-forecast] .forecast");
        assertFalse(forecast.hasAttr("hidden"), forecast.outerHtml());
        assertEquals(
                "About 1.0 papers a day over the last 3 editions",
                forecast.selectFirst(".rate").text());
        assertEquals(3, forecast.select("svg rect").size());
        assertThat(
                forecast.select(".hints li").eachText(),
                contains(
                        startsWith("“graph” finds nearly everything"),
                        startsWith("“zebra <b>” finds nothing in the last 3 editions")));
        assertEquals(List.of("A graph of four graph"), forecast.select("ol li").eachText());
        assertEquals(0, forecast.select("b").size());
    }
}
