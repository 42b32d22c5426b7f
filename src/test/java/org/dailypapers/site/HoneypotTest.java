package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.dailypapers.Database;
import org.dailypapers.FreshService;
import org.dailypapers.language.Languages;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HoneypotTest {

    @Inject
    Languages languages;

    /** What browsers and password managers look for in the names and labels of fields. */
    private static final List<String> FILLED_BY_THEMSELVES = List.of(
            "name", "mail", "user", "login", "pass", "pin", "code", "otp", "token", "phone", "tel", "mobile", "fax",
            "address", "street", "city", "town", "state", "zip", "post", "country", "region", "company", "organi",
            "job", "title", "url", "web", "site", "home", "page", "link", "card", "number", "birth", "date", "year",
            "month", "day", "age", "sex", "gender", "search", "comment", "message", "subject", "nick");

    @Inject
    FreshService service;

    @Inject
    Database database;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    private static RequestSpecification form() {
        return given().redirects().follow(false).contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private String queued() {
        return database.rows("select count(*) from message").strip();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/subscribe"})
    void nothingFillsTheFieldInByItselfAndNobodyMeetsIt(String page) {
        Element trap = Jsoup.parse(given().get(page).asString()).selectFirst("form[action=/subscribe] .trap");
        Element field = trap.selectFirst("input");
        String known = (field.attr("name") + " " + field.id() + " " + trap.text()).toLowerCase(Locale.ROOT);
        FILLED_BY_THEMSELVES.forEach(word -> assertFalse(known.contains(word), known + " holds " + word));
        assertEquals("off", field.attr("autocomplete"));
        assertTrue(field.hasAttr("data-1p-ignore"));
        assertEquals("true", field.attr("data-lpignore"));
        assertEquals("true", field.attr("data-bwignore"));
        assertEquals("other", field.attr("data-form-type"));
        assertEquals("-1", field.attr("tabindex"));
        assertEquals("true", trap.attr("aria-hidden"));
        assertEquals("", field.val());
    }

    @Test
    void whoseHiddenFieldWasFilledInIsAskedOnceAndThenServed() {
        Response answer = form().formParam("email", "ada@example.org")
                .formParam("keywords", "sparse <b>attention")
                .formParam("frequency", "weekly")
                .formParam("leave-empty", "https://ada.example")
                .post("/subscribe");
        assertEquals(400, answer.statusCode());
        assertEquals("0", queued());
        assertEquals("0\n", database.rows("select count(*) from subscriber"));
        Document page = Jsoup.parse(answer.asString());
        Element form = page.selectFirst("form[data-forecast]");
        assertEquals("ada@example.org", form.selectFirst("[name=email]").val());
        assertEquals(
                "sparse <b>attention",
                form.selectFirst("[name=keywords]").wholeText().strip());
        assertEquals("weekly", form.selectFirst("[name=frequency] [selected]").val());
        assertNull(form.selectFirst(".trap"), "what was filled in once would be again");
        Element box = form.selectFirst("input[type=checkbox][name=person]");
        assertFalse(box.hasAttr("checked"));
        assertEquals(
                languages.english().reader().tickOnce(),
                page.getElementById(box.attr("aria-describedby")).text());

        RequestSpecification again = form();
        form.select("input[type=hidden], [name=email], [name=keywords]")
                .forEach(field -> again.formParam(
                        field.attr("name"), field.tagName().equals("textarea") ? field.wholeText() : field.val()));
        Response unanswered = again.post("/subscribe");
        assertEquals(400, unanswered.statusCode());
        assertEquals("0", queued());

        Response served = form().formParam("email", "ada@example.org")
                .formParam("leave-empty", form.selectFirst("[name=leave-empty]").val())
                .formParam("person", "yes")
                .post("/subscribe");
        assertEquals(200, served.statusCode());
        assertEquals(
                form().formParam("email", "bo@example.org")
                        .post("/subscribe")
                        .asString()
                        .replace("bo@example.org", "ada@example.org"),
                served.asString());
        assertEquals("2", queued());
    }

    @Test
    void theAnswerIsKeptWhileAnotherFieldIsPutRight() {
        Response answer = form().formParam("email", "ada@")
                .formParam("size", "51")
                .formParam("leave-empty", "x")
                .formParam("person", "yes")
                .post("/subscribe");
        assertEquals(400, answer.statusCode());
        Document page = Jsoup.parse(answer.asString());
        assertTrue(page.selectFirst("[name=person]").hasAttr("checked"));
        assertNull(page.getElementById("fault-person"));
        assertNotNull(page.getElementById("fault-email"));
        assertNotNull(page.getElementById("fault-size"));
    }

    @Test
    void aFieldThatPasswordManagersKnowIsNoTrapAnyMore() {
        form().formParam("email", "ada@example.org")
                .formParam("website", "https://ada.example")
                .formParam("leave-empty", " ")
                .post("/subscribe")
                .then()
                .statusCode(200);
        assertEquals("1", queued());
    }
}
