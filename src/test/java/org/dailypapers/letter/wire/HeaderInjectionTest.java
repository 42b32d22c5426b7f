package org.dailypapers.letter.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.MimeWriter;
import org.dailypapers.letter.ReadLetter;
import org.dailypapers.letter.address.Mailbox;
import org.junit.jupiter.api.Test;

/** Every UTF-16 unit in every field that takes foreign text: refused, or the letter has the headers it should have. */
class HeaderInjectionTest {

    private static final Mailbox PAPERS = new Mailbox("Daily Papers", "papers@localhost");

    private static final ZonedDateTime DATE = ZonedDateTime.parse("2026-03-03T06:00:00Z");
    private static final Header EXTRA = Header.text("X-Extra", "extra");

    private static final String TEXT = "text";

    private static LetterContent letter(Mailbox to, String subject, String messageId, Header extra) {
        return new LetterContent(
                PAPERS, to, subject, DATE, messageId, "=_b", LetterParts.of(TEXT, null), List.of(extra));
    }

    private static final int CONTROLS = 65;

    @Test
    void noUnitInASubjectDisplayNameOrExtraHeaderAddsAHeader() throws Exception {
        int refused = everyUnit(text ->
                letter(new Mailbox(text, "ada@example.org"), text, "i@localhost", Header.text("X-Extra", text)));
        assertEquals(CONTROLS, refused, "C0, DEL and C1");
    }

    @Test
    void aControlCharacterIsRefusedInEachFieldAlone() {
        for (char unit = 0; unit <= 0xA0; unit++) {
            String text = "a" + unit + "b";
            int refusals = 0;
            for (Supplier<LetterContent> letter : List.<Supplier<LetterContent>>of(
                    () -> letter(PAPERS, text, "i@localhost", EXTRA),
                    () -> letter(new Mailbox(text, "ada@example.org"), "s", "i@localhost", EXTRA),
                    () -> letter(PAPERS, "s", "i@localhost", Header.text("X-Extra", text)))) {
                try {
                    MimeWriter.write(letter.get());
                } catch (IllegalArgumentException e) {
                    refusals++;
                }
            }
            assertEquals(Character.isISOControl(unit) ? 3 : 0, refusals, "U+" + Integer.toHexString(unit));
        }
    }

    @Test
    void noUnitInAnAddressAddsAHeader() throws Exception {
        int refused = everyUnit(text -> letter(new Mailbox(null, text + "@example.org"), "s", "i@localhost", EXTRA));
        assertTrue(refused > CONTROLS + 2048, "controls, lone surrogates, spaces and specials, but only " + refused);
        everyUnit(text -> letter(new Mailbox("Ada", "\"" + text + "\"@example.org"), "s", "i@localhost", EXTRA));
        everyUnit(text -> letter(new Mailbox("Ada", "ada@" + text + ".org"), "s", "i@localhost", EXTRA));
    }

    @Test
    void noUnitInAStructuredHeaderAddsAHeader() throws Exception {
        int refused = everyUnit(text -> letter(PAPERS, "s", "i@localhost", Header.structured("X-Extra", text)));
        assertEquals(0x10000 - 95, refused, "all but printable ASCII");
    }

    @Test
    void noUnitInAHeadersNameAddsAHeader() throws Exception {
        int written = 0;
        for (int unit = 0; unit <= 0xFFFF; unit++) {
            String name = "a" + (char) unit + "b";
            LetterContent letter = letter(PAPERS, "s", "i@localhost", Header.text(name, "extra"));
            try {
                byte[] wire = MimeWriter.write(letter);
                assertEquals(ReadLetter.expected(letter, TEXT, null), ReadLetter.byJakartaMail(wire), name);
                written++;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith("Not a header's name"), e.getMessage());
            }
        }
        assertEquals(93, written, "printable ASCII without the colon");
    }

    @Test
    void noUnitInAMessageIdAddsAHeader() throws Exception {
        int refused = everyUnit(text -> letter(PAPERS, "s", text + "@localhost", EXTRA));
        assertEquals(0x10000 - 82, refused, "all but atext and the dot");
    }

    @Test
    void aWholeInjectedHeaderIsRefusedByName() {
        for (String end : List.of("\r\n", "\n", "\r", "\r\n ", "\u0085")) {
            String evil = "s" + end + "Bcc: everyone@example.org";
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> MimeWriter.write(letter(PAPERS, evil, "i@localhost", EXTRA)));
            assertTrue(refusal.getMessage().startsWith("The header Subject holds the control character U+00"));
        }
    }

    private static int everyUnit(Function<String, LetterContent> letterOf) throws Exception {
        int refused = 0;
        for (int unit = 0; unit <= 0xFFFF; unit++) {
            LetterContent letter;
            byte[] wire;
            try {
                letter = letterOf.apply("a" + (char) unit + "b");
                wire = MimeWriter.write(letter);
            } catch (IllegalArgumentException e) {
                refused++;
                continue;
            }
            String which = "U+" + Integer.toHexString(unit);
            ReadLetter expected = ReadLetter.expected(letter, TEXT, null);
            assertEquals(expected.headerNames(), rawNames(wire), which);
            assertEquals(expected, ReadLetter.byMime4j(wire), which);
            assertEquals(expected, ReadLetter.byJakartaMail(wire), which);
        }
        return refused;
    }

    private static List<String> rawNames(byte[] wire) {
        String text = new String(wire, StandardCharsets.ISO_8859_1);
        List<String> names = new ArrayList<>();
        for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("[\r\n]+", -1)) {
            if (!line.startsWith(" ")) {
                names.add(line.substring(0, line.indexOf(':')));
            }
        }
        return names;
    }
}
