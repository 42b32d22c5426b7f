package org.dailypapers.site;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AboutPagesTest {

    @TempDir
    Path folder;

    @Test
    void whereNothingIsSetItSaysWhatIsKeptAndNamesNobody() {
        Document page = Jsoup.parse(
                given().get("/about").then().statusCode(200).extract().asString());
        assertTrue(page.select("#privacy ~ p").text().contains("no cookie"));
        assertEquals(0, page.select("#contact").size());
        assertEquals("/about#privacy", page.select("footer a:contains(Privacy)").attr("href"));
        assertEquals(
                "Datenschutz",
                Jsoup.parse(given().header("Accept-Language", "de")
                                .get("/about")
                                .asString())
                        .select("footer a[href=/about#privacy]")
                        .text());
        assertTrue(given().get("/about").headers().getValues("Set-Cookie").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "papers@example.org, mailto:papers@example.org",
        "Papers <papers@example.org>, mailto:papers@example.org",
        "https://example.org/contact, https://example.org/contact"
    })
    void aContactIsAnAddressOfMailOrOfAPage(String typed, String link) {
        assertEquals(link, new AboutSettings.Contact().convert(typed).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "javascript://x", "papers@", "two words"})
    void whatIsNoContactIsRefused(String typed) {
        assertThrows(IllegalArgumentException.class, () -> new AboutSettings.Contact().convert(typed));
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        var reader = new AboutSettings.MarkdownFile();
        Path missing = folder.resolve("missing.md");
        assertTrue(assertThrows(IllegalArgumentException.class, () -> reader.convert(missing.toString()))
                .getMessage()
                .contains("missing.md"));
        Path broken = Files.write(folder.resolve("broken.md"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        assertThrows(IllegalArgumentException.class, () -> reader.convert(broken.toString()));
        Path tooLong = Files.writeString(folder.resolve("long.md"), "x".repeat(20_001));
        assertThrows(IllegalArgumentException.class, () -> reader.convert(tooLong.toString()));
        assertEquals(
                "**a**",
                reader.convert(
                        Files.writeString(folder.resolve("good.md"), "**a**").toString()));
    }
}
