package org.dailypapers.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://papers.example.org, https://papers.example.org",
        "https://papers.example.org/, https://papers.example.org",
        "https://papers.example.org//, https://papers.example.org",
        "' https://papers.example.org\t', https://papers.example.org",
        "HTTPS://Papers.Example.ORG:443/, https://papers.example.org",
        "https://papers.example.org:, https://papers.example.org",
        "http://localhost:8080, http://localhost:8080",
        "http://localhost:80, http://localhost",
        "https://papers.example.org:80, https://papers.example.org:80",
        "http://[::1]:8080/, http://[::1]:8080",
        "https://xn--ppers-gra.example, https://xn--ppers-gra.example"
    })
    void anAddressIsWrittenAsBrowsersWriteAnOrigin(String typed, String read) {
        assertEquals(read, BaseUrl.parse(typed).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://papers.example.org/papers",
                "https://papers.example.org/papers/",
                "https://papers.example.org/.",
                "https://papers.example.org/%20",
                "https://papers.example.org/;x",
                "https://papers.example.org?x=1",
                "https://papers.example.org/?",
                "https://papers.example.org#",
                "https://papers.example.org/#top",
                "https://papers.example.org junk",
                "https://papers.example.org\\papers",
                "https://papers.example.org:99999",
                "https://papers.example.org:http",
                "https://papers_1.example.org",
                "https://päpers.example",
                "https://",
                "https:///papers",
                "https:papers.example.org",
                "//papers.example.org",
                "papers.example.org",
                "papers.example.org:8080",
                "ftp://papers.example.org",
                "javascript:alert(1)",
                "mailto:papers@example.org",
                ""
            })
    void whatLinksCannotBeginWithIsRefusedInOneLineThatSaysWhatToWrite(String typed) {
        String fault = assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(typed))
                .getMessage();
        assertTrue(fault.contains("://papers.example.org"), fault);
        assertEquals(1, fault.lines().count());
    }

    @Test
    void aPasswordIsNotRepeated() {
        String fault = assertThrows(
                        IllegalArgumentException.class, () -> BaseUrl.parse("https://ada:word@papers.example.org"))
                .getMessage();
        assertFalse(fault.contains("word@"), fault);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:canary@papers.example.org",
                "https://user:can%ary@papers.example.org",
                "https://user:canary@papers_1.example.org/x",
                "user:canary@papers.example.org",
                "https://user:canary@"
            })
    void aPasswordThatWasTypedIntoItIsNotShown(String typed) {
        String line = assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(typed))
                .getMessage();
        assertFalse(line.contains("ary@"), line);
    }
}
