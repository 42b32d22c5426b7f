package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.dailypapers.letter.wire.WireBytes;
import org.junit.jupiter.api.Test;

class QuotedPrintableTest {

    private static String encoded(String text) {
        WireBytes out = new WireBytes(0);
        QuotedPrintable.encode(text, out);
        return new String(out.toByteArray(), StandardCharsets.US_ASCII);
    }

    @Test
    void readableTextStaysReadable() {
        assertEquals("Attention, please: x < y & \"z\"! OK.", encoded("Attention, please: x < y & \"z\"! OK."));
    }

    @Test
    void whatIsNotAsciiIsEscapedAsUtf8() {
        assertEquals("=C3=BC=E4=B8=AD=F0=9F=98=80=3D=00=7F", encoded("ü中😀=\0\u007F"));
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        assertEquals("a=EF=BF=BDb=EF=BF=BD=EF=BF=BD", encoded("a\uD83Db\uDE00\uD83D"));
    }

    @Test
    void everyLineEndBecomesCrlf() {
        assertEquals("a\r\nb\r\nc\r\nd\r\n\r\ne\r\n", encoded("a\nb\rc\r\nd\n\re\n"));
    }

    @Test
    void whiteSpaceAtALinesEndIsEscaped() {
        assertEquals("a=20\r\nb =09\r\n=20", encoded("a \nb \t\n "));
    }

    @Test
    void whiteSpaceButSingleSpacesIsEscaped() {
        assertEquals("a =20=20b=09c =09d\r\n =20e", encoded("a   b\tc \td\n  e"));
    }

    @Test
    void aDotAtTheBeginningOfALineIsEscaped() {
        assertEquals("=2E\r\n=2E.a.", encoded(".\n..a."));
        assertEquals("x".repeat(75) + "=\r\n=2Eyy", encoded("x".repeat(75) + ".yy"));
    }

    @Test
    void aLineIsNotBrokenAfterASpaceThatADotFollows() {
        String words = "w".repeat(60) + " .net " + "v".repeat(20);
        assertEquals("w".repeat(60) + " .net =\r\n" + "v".repeat(20), encoded(words));
        String close = "w".repeat(70) + " .net";
        assertEquals("w".repeat(70) + " .net\r\n", encoded(close + "\n"));
        assertEquals("w".repeat(70) + " .net=\r\nwork", encoded(close + "work"));
    }

    /** Every way in which lines can end just before or after dots and white space. */
    @Test
    void noLineBeginsWithADotOrHasOtherWhiteSpaceThanSingleSpacesWhereverItBreaks() throws Exception {
        String alphabet = ". x\n\t";
        for (int before = 66; before < 78; before++) {
            for (int number = 0; number < 5 * 5 * 5 * 5 * 5; number++) {
                var text = new StringBuilder("w".repeat(before));
                for (int i = 0, left = number; i < 5; i++, left /= 5) {
                    text.append(alphabet.charAt(left % 5));
                }
                text.append("..");
                String encoded = encoded(text.toString());
                encoded.lines()
                        .forEach(line -> assertTrue(
                                !line.startsWith(".")
                                        && line.length() <= 76
                                        && !line.contains("  ")
                                        && !line.contains("\t")
                                        && !line.endsWith(" "),
                                encoded));
                var decoded = MimeUtility.decode(
                        new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)), "quoted-printable");
                assertEquals(
                        text.toString().replace("\n", "\r\n"),
                        new String(decoded.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void aLongLineBreaksAfterASpaceNearItsEnd() {
        String words = "w".repeat(60) + " " + "v".repeat(20) + " u";
        assertEquals("w".repeat(60) + " =\r\n" + "v".repeat(20) + " u", encoded(words));
    }

    @Test
    void aLongLineWithoutASpaceNearItsEndBreaksWhereItIsFull() {
        String words = "w".repeat(40) + " " + "v".repeat(60);
        assertEquals("w".repeat(40) + " " + "v".repeat(34) + "=\r\n" + "v".repeat(26), encoded(words));
    }

    @Test
    void aLineOfExactlySeventySixIsNotBroken() {
        String full = "x".repeat(76);
        assertEquals(full + "\r\n" + full, encoded(full + "\n" + full));
        assertEquals("x".repeat(75) + "=\r\nxx", encoded(full + "x"));
    }

    @Test
    void noCharacterIsSplitOverTwoLines() {
        for (int before = 0; before < 80; before++) {
            for (String character : new String[] {"ü", "中", "😀"}) {
                String text = encoded("x".repeat(before) + character);
                String escaped = encoded(character);
                assertTrue(text.endsWith(escaped), text);
                text.lines().forEach(line -> assertTrue(line.length() <= 76, line));
            }
        }
    }
}
