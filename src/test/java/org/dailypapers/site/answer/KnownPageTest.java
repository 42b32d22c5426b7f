package org.dailypapers.site.answer;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.DecoderConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.dailypapers.FreshService;
import org.dailypapers.House;
import org.dailypapers.ScriptedSource;
import org.dailypapers.edition.Intake;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What travels of an edition's page to whoever has it, has an older one, or cannot read what is compressed. */
@QuarkusTest
class KnownPageTest {

    private static final String PAGE = "/papers?date=2026-03-02";

    @Inject
    FreshService service;

    @Inject
    Intake intake;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
        take("2603.00001", "A graph of everything");
        service.awaitSearch();
    }

    private void take(String id, String title) {
        intake.file(ScriptedSource.NAME, Stream.of(House.paper(id, title, "2026-03-02", 9)), n -> {});
    }

    private static Response asked(String header, String value) {
        var asIs =
                RestAssured.config().decoderConfig(DecoderConfig.decoderConfig().noContentDecoders());
        return given().config(asIs).header(header, value).get(PAGE);
    }

    @Test
    void whoHasThePageIsSentNothingUntilItChanges() {
        Response first = given().get(PAGE);
        String tag = first.header("ETag");
        assertTrue(tag.startsWith("W/\""), tag);
        assertEquals("no-cache", first.header("Cache-Control"));
        Response again = given().header("If-None-Match", "\"another\", " + tag).get(PAGE);
        assertEquals(304, again.statusCode());
        assertEquals("", again.asString());
        assertEquals(tag, again.header("ETag"));
        assertEquals(first.header("Content-Security-Policy"), again.header("Content-Security-Policy"));
        take("2603.00002", "A second graph");
        Response changed = given().header("If-None-Match", tag).get(PAGE);
        assertEquals(200, changed.statusCode());
        assertNotEquals(tag, changed.header("ETag"));
        assertTrue(changed.asString().contains("A second graph"));
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, gzip",
        "'br, GZIP;q=0.5', gzip",
        "'deflate, gzip', gzip",
        "gzip;q=0, ",
        "gzip; q=0.00, ",
        "identity, "
    })
    void itIsCompressedForWhoeverTakesThat(String takes, String coding) throws IOException {
        byte[] plain = asked("Accept-Encoding", "identity").asByteArray();
        Response answer = asked("Accept-Encoding", takes);
        assertEquals(200, answer.statusCode());
        String vary = String.join(", ", answer.headers().getValues("Vary"));
        assertTrue(vary.contains("Accept-Encoding") && vary.contains("Accept-Language"), vary);
        if (coding == null) {
            assertNull(answer.header("Content-Encoding"));
            assertArrayEquals(plain, answer.asByteArray());
        } else {
            assertEquals(coding, answer.header("Content-Encoding"));
            byte[] packed = answer.asByteArray();
            assertArrayEquals(plain, new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes());
        }
    }
}
