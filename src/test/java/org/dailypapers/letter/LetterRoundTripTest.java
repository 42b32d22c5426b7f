package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.List;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.wire.Header;
import org.junit.jupiter.api.Test;

class LetterRoundTripTest {

    private static final long SEED = Long.getLong("letter.seed", 20260303L);
    private static final int LETTERS = Integer.getInteger("letter.count", 2000);

    private static final List<String> ADDRESSES = List.of(
            "papers@localhost",
            "a.b+c@example.org",
            "\"a b,<c>\"@example.org",
            "grüße@example.org",
            "用户@bücher.example",
            "ada@xn--bcher-kva.example",
            "i@[192.0.2.1]",
            "o'neil@sub.example.org");

    private static final List<String> NAMES =
            List.of("X-Naughty", "S", "X-Daily-Papers-Field-Of-A-Name-That-Is-Fifty-Long-");

    @Test
    void twoParsersReadBackWhateverWasWritten() throws Exception {
        System.out.println("LetterRoundTripTest: -Dletter.seed=" + SEED + " -Dletter.count=" + LETTERS);
        NaughtyText naughty = new NaughtyText(SEED);
        for (int i = 0; i < LETTERS; i++) {
            String text = naughty.body(60);
            String html = naughty.maybe() ? naughty.body(60) : null;
            LetterContent letter = letter(naughty, text, html);
            byte[] wire = MimeWriter.write(letter);
            String which = "letter " + i + " of seed " + SEED;
            ReadLetter expected = ReadLetter.expected(letter, text, html);
            assertEquals(expected, ReadLetter.byJakartaMail(wire), which);
            assertEquals(expected, ReadLetter.byMime4j(wire), which);
            assertWellFormed(wire, letter, which);
            assertArrayEquals(wire, MimeWriter.write(letter), which);
        }
    }

    private static LetterContent letter(NaughtyText naughty, String text, String html) {
        return new LetterContent(
                mailbox(naughty),
                mailbox(naughty),
                naughty.line(12),
                ZonedDateTime.parse("2026-03-03T06:00:00+01:00[Europe/Berlin]"),
                "d.1@localhost",
                "b",
                LetterParts.of(text, html),
                naughty.maybe()
                        ? List.of(Header.text(NAMES.get(naughty.upTo(NAMES.size())), naughty.line(12)))
                        : List.of());
    }

    private static Mailbox mailbox(NaughtyText naughty) {
        return new Mailbox(naughty.line(6), ADDRESSES.get(naughty.upTo(ADDRESSES.size())));
    }

    private static void assertWellFormed(byte[] wire, LetterContent letter, String which) {
        String text = new String(wire, StandardCharsets.ISO_8859_1);
        assertTrue(text.endsWith("\r\n"), which);
        int body = text.indexOf("\r\n\r\n") + 4;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf("\r\n", start);
            String line = text.substring(start, end);
            boolean encoded = start >= body || line.contains("=?UTF-8?");
            int limit = encoded ? 76 : 998;
            assertTrue(line.length() <= limit, which + ": " + line);
            assertTrue(!line.startsWith("."), which + ": " + line);
            assertTrue(line.indexOf('\r') < 0 && line.indexOf('\n') < 0, which);
            assertTrue(
                    start >= body || line.isEmpty() || !line.isBlank(), which + ": a folded line of white space only");
            boolean ascii = line.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t');
            boolean address = line.startsWith("From: ") || line.startsWith("To: ") || line.startsWith(" ");
            assertTrue(ascii || letter.needsSmtpUtf8() && start < body && address, which + ": " + line);
            assertTrue(start < body || !line.endsWith(" ") && !line.endsWith("\t"), which + ": " + line);
            start = end + 2;
        }
    }
}
