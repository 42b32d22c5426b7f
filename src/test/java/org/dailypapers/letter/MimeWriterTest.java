package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.wire.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MimeWriterTest {

    private static LetterContent letter(String boundary, String text, String html, List<Header> extra) {
        return new LetterContent(
                Mailbox.parse("Daily Papers <papers@localhost>"),
                new Mailbox(null, "ada@example.org"),
                "Attention is all you need · 11 more",
                ZonedDateTime.parse("2026-03-03T06:00:00+01:00[Europe/Berlin]"),
                "d.42@localhost",
                boundary,
                LetterParts.of(text, html),
                extra);
    }

    private static String written(LetterContent letter) {
        return new String(MimeWriter.write(letter), StandardCharsets.UTF_8);
    }

    @Test
    void aLetterIsTextThenHtml() {
        assertEquals(
                """
                From: Daily Papers <papers@localhost>
                To: ada@example.org
                Subject: Attention is all you need =?UTF-8?B?wrc=?= 11 more
                Date: Tue, 3 Mar 2026 06:00:00 +0100
                Message-ID: <d.42@localhost>
                MIME-Version: 1.0
                Auto-Submitted: auto-generated
                Content-Type: multipart/alternative; boundary="=_d42"

                --=_d42
                Content-Type: text/plain; charset=UTF-8
                Content-Transfer-Encoding: quoted-printable

                Papers for Zo=C3=AB

                --=_d42
                Content-Type: text/html; charset=UTF-8
                Content-Transfer-Encoding: quoted-printable

                <p class=3D"x">Papers for Zo=C3=AB</p>
                --=_d42--
                """.replace("\n", "\r\n"),
                written(letter("d42", "Papers for Zoë\n", "<p class=\"x\">Papers for Zoë</p>", ListHeaders.service())));
    }

    @Test
    void aLetterWithoutHtmlIsTextOnly() {
        String wire = written(letter("b", "Hello", null, List.of()));
        assertTrue(wire.endsWith("""
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: quoted-printable

                        Hello
                        """.replace("\n", "\r\n")), wire);
    }

    @Test
    void noTextCanEndItsOwnPart() throws Exception {
        String evil = "a\n--=_b--\n--=_b\nContent-Type: text/html\n\n--b\n--b--";
        LetterContent letter = letter("b", evil, evil, List.of());
        assertEquals(ReadLetter.expected(letter, evil, evil), ReadLetter.byJakartaMail(MimeWriter.write(letter)));
        assertEquals(ReadLetter.expected(letter, evil, evil), ReadLetter.byMime4j(MimeWriter.write(letter)));
    }

    @Test
    void aBoundaryThatNoPartCanHoldIsKept() {
        assertTrue(written(letter("x=_1", "t", "h", List.of())).contains("boundary=\"x=_1\"\r\n"));
        assertTrue(
                written(letter("b".repeat(68), "t", "h", List.of())).contains("\r\n--=_" + "b".repeat(68) + "--\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\"",
                "a\\",
                "ä",
                "a\r\n",
                "a;",
                "12345678901234567890123456789012345678901234567890123456789012345678x"
            })
    void whatIsNoBoundaryIsRefused(String boundary) {
        assertThrows(IllegalArgumentException.class, () -> MimeWriter.write(letter(boundary, "t", "h", List.of())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From",
                "to",
                "SUBJECT",
                "Date",
                "message-id",
                "Mime-Version",
                "Content-Type",
                "Content-Transfer-Encoding"
            })
    void aHeaderOfTheLettersOwnIsNotWrittenTwice(String name) {
        List<Header> extra = List.of(Header.text(name, "x"));
        assertThrows(IllegalArgumentException.class, () -> MimeWriter.write(letter("b", "t", null, extra)));
    }

    @Test
    void itsTextIsItsMessageIdOnly() {
        assertEquals(
                "LetterContent[d.42@localhost]",
                letter("b", "secret", null, List.of()).toString());
    }

    @Test
    void onlyAnAddressMakesItNeedSmtpUtf8() {
        LetterContent letter = letter("b", "Zoë", "Zoë", List.of(Header.text("X-Name", "Zoë")));
        assertFalse(letter.needsSmtpUtf8());
        assertTrue(written(letter).chars().allMatch(c -> c < 0x80));
    }
}
