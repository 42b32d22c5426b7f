package org.dailypapers.letter.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.dailypapers.letter.HeaderWriter;
import org.dailypapers.letter.address.Mailbox;
import org.junit.jupiter.api.Test;

class HeaderWriterTest {

    private static String written(Consumer<WireBytes> field) {
        WireBytes out = new WireBytes(0);
        field.accept(out);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }

    private static String text(String value) {
        return written(out -> HeaderWriter.text(out, "Subject", value));
    }

    private static String structured(String value) {
        return written(out -> HeaderWriter.structured(out, "X-List", value));
    }

    private static String to(String name, String address) {
        return written(out -> HeaderWriter.mailbox(out, "To", new Mailbox(name, address)));
    }

    @Test
    void plainTextStaysPlain() {
        assertEquals(
                "Subject: Attention (2017): is = all? \"you\" need\r\n",
                text("Attention (2017): is = all? \"you\" need"));
        assertEquals("Subject:\r\n", text(""));
    }

    @Test
    void onlyTheWordsThatNeedItAreEncoded() {
        assertEquals("Subject: Daily Papers =?UTF-8?B?wrc=?= 3 new\r\n", text("Daily Papers · 3 new"));
        assertEquals(
                "Subject: The =?UTF-8?Q?na=C3=AFve_and_the_fa=C3=A7ade?= again\r\n",
                text("The naïve and the façade again"));
    }

    @Test
    void theShorterEncodingIsTaken() {
        assertEquals("Subject: =?UTF-8?B?5pel5pys6Kqe?=\r\n", text("日本語"));
        assertEquals("Subject: =?UTF-8?Q?na=C3=AFvely?=\r\n", text("naïvely"));
    }

    @Test
    void whatLooksLikeAnEncodedWordIsEncoded() {
        assertEquals("Subject: a =?UTF-8?B?PT91dGYtOD9xP3g/PQ==?= b\r\n", text("a =?utf-8?q?x?= b"));
    }

    @Test
    void spacesThatAReaderMayDropAreEncoded() {
        assertEquals("Subject: =?UTF-8?Q?_a?=\r\n", text(" a"));
        assertEquals("Subject: one =?UTF-8?Q?two__three?= four\r\n", text("one two  three four"));
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        assertEquals("Subject: =?UTF-8?B?77+9?=\r\n", text("\uD83D"));
    }

    @Test
    void longTextFoldsAtSpacesWithinSeventyEight() {
        String folded = text("word ".repeat(40).strip());
        assertEquals("Subject: " + "word ".repeat(40).strip(), folded.replace("\r\n", ""));
        folded.lines().forEach(line -> assertTrue(line.length() <= 78, line));
        assertEquals(3, folded.lines().count());
    }

    @Test
    void encodedWordsHoldWholeCharacters() {
        for (String unit : new String[] {"😀", "中", "x😀", "xü", "xyzü😀"}) {
            String folded = text(unit.repeat(60));
            folded.lines().forEach(line -> assertTrue(line.length() <= 76, line));
            for (String word : folded.substring("Subject:".length()).strip().split("\\s+")) {
                assertTrue(word.length() <= 75, word);
                assertTrue(!decoded(word).contains("\uFFFD"), word);
            }
        }
    }

    private static String decoded(String word) {
        return DecoderUtil.decodeEncodedWords(word, DecodeMonitor.STRICT);
    }

    @Test
    void aWordTooLongForALineIsEncodedWhereItIsText() {
        String folded = text("a " + "x".repeat(2000) + " b");
        assertTrue(folded.startsWith("Subject: a\r\n =?UTF-8?Q?xxx"), folded);
        assertTrue(folded.endsWith("?= b\r\n"), folded);
    }

    @Test
    void aLongTokenIsNotBrokenWhereItIsStructured() {
        String link = "<https://example.org/" + "a,b;c/".repeat(40) + ">";
        assertEquals(
                "X-List: " + link + ",\r\n <mailto:x@example.org>\r\n", structured(link + ", <mailto:x@example.org>"));
        assertEquals(
                "X-List: " + link + ",\r\n <mailto:x@example.org>\r\n", structured(link + ",<mailto:x@example.org>"));
    }

    @Test
    void aQuotedStringIsNotBroken() {
        String quoted = "\"" + "a, \\\" b ".repeat(20) + "\"";
        assertEquals("X-List: x;\r\n y=" + quoted + "\r\n", structured("x; y=" + quoted));
    }

    @Test
    void aTokenTooLongForAnyLineIsRefused() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> structured("x".repeat(1000)));
        assertEquals(
                "The header X-List has a word too long for a line of 998 octets: shorten it", refusal.getMessage());
        assertEquals("X-List: " + "x".repeat(990) + "\r\n", structured("x".repeat(990)));
    }

    @Test
    void aDisplayNameIsAtomsQuotedOrEncoded() {
        assertEquals("To: Ada Lovelace <ada@example.org>\r\n", to("Ada Lovelace", "ada@example.org"));
        assertEquals(
                "To: \"Lovelace, A. \\\"\\\\B\" <ada@example.org>\r\n", to("Lovelace, A. \"\\B", "ada@example.org"));
        assertEquals(
                "To: =?UTF-8?Q?Zo=C3=AB=2C_the_2nd?= <zoe@example.org>\r\n", to("Zoë, the 2nd", "zoe@example.org"));
        assertEquals("To: ada@example.org\r\n", to(null, "ada@example.org"));
        assertEquals("To: ada@example.org\r\n", to("  ", "ada@example.org"));
    }

    @Test
    void aDomainIsWrittenInALabelsAndALocalPartAsItIs() {
        assertEquals("To: grüße@xn--bcher-kva.example\r\n", to(null, "grüße@bücher.example"));
    }

    @Test
    void aControlCharacterIsRefusedWithTheHeadersName() {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> text("a\nBcc: b"));
        assertEquals(
                "The header Subject holds the control character U+000a at index 1: take it out", refusal.getMessage());
    }

    @Test
    void aFieldsNameIsPrintableAsciiWithoutColon() {
        for (String name : new String[] {"", "a b", "a:", "ä", "a\n", "x".repeat(51)}) {
            assertThrows(IllegalArgumentException.class, () -> written(out -> HeaderWriter.text(out, name, "v")), name);
        }
    }
}
