package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.dailypapers.letter.wire.Header;
import org.dailypapers.letter.wire.WireBytes;
import org.junit.jupiter.api.Test;

class ListHeadersTest {

    private static final URI LINK =
            URI.create("https://example.org/unsubscribe/k1.0123456789abcdef0123456789abcdef0123456789");

    private static String written(List<Header> headers) {
        WireBytes out = new WireBytes(0);
        headers.forEach(header -> HeaderWriter.field(out, header));
        return new String(out.toByteArray(), StandardCharsets.US_ASCII).replace("\r\n", "\n");
    }

    private static List<Header> digest(String listId, URI link, String mailto) {
        return ListHeaders.digest(
                listId, "Daily Papers", link, Optional.ofNullable(mailto), true, "digest:daily-papers");
    }

    @Test
    void aDigestIsListMailThatOneClickLeaves() {
        assertEquals("""
                List-Id: Daily Papers <daily-papers.example.org>
                List-Unsubscribe: <https://example.org/unsubscribe/k1.0123456789abcdef0123456789abcdef0123456789>,
                 <mailto:leave+k1.01@example.org?subject=leave>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click
                Feedback-ID: digest:daily-papers
                Precedence: bulk
                Auto-Submitted: auto-generated
                """, written(digest("daily-papers.example.org", LINK, "leave+k1.01@example.org?subject=leave")));
    }

    @Test
    void withoutAnAnnouncementThereIsNoPromiseOfOneClick() {
        assertEquals(
                """
                List-Id: =?UTF-8?Q?T=C3=A4gliche_Papiere?= <daily-papers.localhost>
                List-Unsubscribe: <http://localhost:8080/unsubscribe/x>
                Feedback-ID: digest:daily-papers
                Precedence: bulk
                Auto-Submitted: auto-generated
                """,
                written(ListHeaders.digest(
                        "daily-papers.localhost",
                        "Tägliche Papiere",
                        URI.create("http://localhost:8080/unsubscribe/x"),
                        Optional.empty(),
                        false,
                        "digest:daily-papers")));
    }

    @Test
    void aServiceLetterIsAutomaticAndNothingElse() {
        assertEquals("Auto-Submitted: auto-generated\n", written(ListHeaders.service()));
    }

    @Test
    void whatCannotStandInItsFieldIsRefused() {
        for (String listId : List.of("", "localhost", "a..b", "a b.c", "a.b>", "ä.b", "a@b.c", "a.b\n")) {
            assertThrows(IllegalArgumentException.class, () -> digest(listId, LINK, null), listId);
        }
        for (String link : List.of("/unsubscribe", "mailto:a@b", "javascript:x", "https:///x", "https://a.b/\uD800")) {
            assertThrows(IllegalArgumentException.class, () -> digest("a.b", URI.create(link), null), link);
        }
        for (String mailto : List.of("a@b>, <https://evil.example", "a b@c", "a@b\r\nBcc: c@d", "a\uDC00@b")) {
            assertThrows(IllegalArgumentException.class, () -> digest("a.b", LINK, mailto), mailto);
        }
    }
}
