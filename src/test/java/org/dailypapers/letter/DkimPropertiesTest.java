package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.apache.james.jdkim.exceptions.FailException;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.dkim.DkimSigner;
import org.dailypapers.letter.wire.Header;

/**
 * Letters out of what has broken mail programs; jqwik prints the seed by which a run is repeated. None has an empty body,
 * which jDKIM 0.5 reads otherwise than RFC 6376 §3.4.4.
 */
class DkimPropertiesTest {

    private static final DkimSigner SIGNER = new DkimSigner(DkimKeys.identity());

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void whateverALetterSaysItsSignatureHolds(@ForAll long seed, @ForAll @LongRange(max = 1_700_000_000L) long second) {
        LetterContent letter = letter(seed, second);
        byte[] signed = DkimKeys.writer().write(letter);
        DkimKeys.assertVerifies(signed, "from", "to", "subject", "date");
        assertArrayEquals(SIGNER.sign(MimeWriter.write(letter)), signed, "nothing was left to be relaxed");
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void whateverAMessageHoldsItsSignatureHolds(@ForAll long seed) {
        DkimKeys.assertVerifies(SIGNER.sign(message(seed)), "from");
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void anyVisibleOctetChangedBelowTheHeaderBreaksIt(@ForAll long seed) {
        byte[] signed = SIGNER.sign(message(seed));
        int body = new String(signed, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
        NaughtyText naughty = new NaughtyText(seed);
        int at = body + naughty.upTo(Math.max(signed.length - body, 1));
        if (at < signed.length && signed[at] > ' ') {
            signed[at] ^= 1;
            assertThrows(FailException.class, () -> DkimKeys.verify(signed));
        }
    }

    private static LetterContent letter(long seed, long second) {
        NaughtyText naughty = new NaughtyText(seed);
        return new LetterContent(
                new Mailbox(naughty.line(6), "papers@example.org"),
                new Mailbox(naughty.line(6), "ada@example.net"),
                naughty.line(12),
                Instant.ofEpochSecond(second).atZone(ZoneId.of("Europe/Berlin")),
                "d.1@example.org",
                "b",
                LetterParts.of("Papers " + naughty.body(60), naughty.maybe() ? naughty.body(60) : null),
                naughty.maybe() ? List.of(Header.text("Feedback-ID", naughty.line(12))) : List.of());
    }

    /** Wilder than a letter: its lines end with CRLF, but hold any octets, and white space anywhere. */
    private static byte[] message(long seed) {
        NaughtyText naughty = new NaughtyText(seed);
        String subject = naughty.line(8).replaceAll("\\s", naughty.maybe() ? "\r\n\t" : " \t ");
        String body = naughty.body(60).replaceAll("\r\n|\r|\n", "\r\n");
        return ("From: papers@example.org\r\nSubject : x" + subject + "x\r\n\r\nPapers " + body + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
