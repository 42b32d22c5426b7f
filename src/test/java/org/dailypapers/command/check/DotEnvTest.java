package org.dailypapers.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {

    @TempDir
    Path folder;

    private static String read(String line) {
        return DotEnv.of(List.of(line)).settings().get("NAME");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "NAME=a$$b|a$$b",
                "NAME=x${y:z}|x${y:z}",
                "NAME=%41%|%41%",
                "NAME=a\\b\\\\c\\n\\u0041\\|a\\b\\\\c\\n\\u0041\\",
                "NAME=a\"b'c|a\"b'c",
                "NAME=a=b:c|a=b:c",
                "NAME=Suite #5|Suite #5",
                "NAME=#a|#a",
                "  NAME =  a b  |a b",
                "export NAME=a|a",
                "NAME=|``",
                "NAME=''|``",
                "NAME=' a '|` a `",
                "NAME='a\\'|a\\",
                "NAME='a\"$b'|a\"$b",
                "NAME=\" a \"|` a `",
                "NAME=\"a'\\\"\\\\b\"|a'\"\\b",
                "NAME=\"a\\nb$c\"|a\\nb$c",
                "NAME=\"a\" # the first|a",
                "NAME='a' # the first|a",
                "NAME=\"Papers, Daily\" <papers@example.org>|\"Papers, Daily\" <papers@example.org>",
                "NAME='a' and 'b'|'a' and 'b'",
                "NAME=\"a|\"a",
                "NAME=\"a\\\"|\"a\\\"",
            })
    void aValueIsWhatStandsThere(String line, String value) {
        assertEquals(value, read(line));
    }

    @Property(tries = 1000)
    void anyValueArrivesBetweenQuotes(@ForAll("values") String value) {
        assertEquals(value, read("NAME=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
        if (value.indexOf('\'') < 0) {
            assertEquals(value, read("NAME='" + value + "'"));
        }
    }

    @Property(tries = 1000)
    void whatBeginsWithNoQuoteArrivesWithoutAny(@ForAll("values") String value) {
        assertEquals("x" + value.stripTrailing(), read("NAME=x" + value));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("$", "{", "}", "\\", ":", "x", " ", "\"", "'", "%", "ü", "#", "=", "n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Test
    void commentsAndBlankLinesAreNoneAndTheLastOneCounts() throws Exception {
        Path file = folder.resolve(".env");
        Files.writeString(file, "\uFEFFA=1\r\n\r\n  # A=2\r\n#B=3\r\nC=4\r\nC=5");
        assertEquals(Map.of("A", "1", "C", "5"), DotEnv.read(file).settings());
        assertEquals(Map.of(), DotEnv.read(folder.resolve("none")).settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NAME: secret-word", "secret-word", "=secret-word", "NAME secret-word", "a b=secret-word"})
    void aLineThatIsNoSettingIsNamedByItsNumberAndNotShown(String line) {
        Optional<String> fault = DotEnv.of(List.of("A=1", line)).fault();
        assertEquals(Optional.of("The file .env cannot be read in line 2; write a setting as NAME=value."), fault);
        assertFalse(fault.toString().contains("secret-word"));
    }

    @Test
    void aLongValueIsReadInQuotesToo() throws Exception {
        String value = "a\\b ".repeat(50_000) + "c";
        Path file = folder.resolve(".env");
        Files.writeString(file, "A=\"" + value + "\"\nB='" + value + "'\nC=" + value + "\n");
        assertEquals(
                Map.of("A", value, "B", value, "C", value), DotEnv.read(file).settings());
    }

    @Test
    void aFileInAnotherEncodingIsRefused() throws Exception {
        Path file = folder.resolve(".env");
        Files.write(file, "NAME=Köln".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(
                Optional.of("The file .env is not in UTF-8; save it so."),
                DotEnv.read(file).fault());
    }
}
