package org.dailypapers.letter.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.james.jdkim.exceptions.FailException;
import org.dailypapers.letter.DkimKeys;
import org.dailypapers.letter.LetterContent;
import org.dailypapers.letter.LetterParts;
import org.dailypapers.letter.LetterWriter;
import org.dailypapers.letter.ListHeaders;
import org.dailypapers.letter.MimeWriter;
import org.dailypapers.letter.address.Mailbox;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DkimSignerTest {

    private static final Charset OCTETS = StandardCharsets.ISO_8859_1;
    private static final DkimSigner SIGNER = new DkimSigner(DkimKeys.identity());

    private static final List<String> COVERED = List.of(
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "mime-version",
            "content-type",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "feedback-id");

    private static LetterContent letter(String subject, String text, String html) {
        return new LetterContent(
                Mailbox.parse("Daily Papers <papers@example.org>"),
                new Mailbox(null, "ada@example.net"),
                subject,
                ZonedDateTime.parse("2026-03-03T06:00:00+01:00[Europe/Berlin]"),
                "digest.42@example.org",
                "d42",
                LetterParts.of(text, html),
                ListHeaders.digest(
                        "daily-papers.example.org",
                        "Daily Papers",
                        URI.create("https://papers.example.org/unsubscribe/" + "t".repeat(80)),
                        Optional.of("leave@example.org"),
                        true,
                        "digest:daily-papers:example.org"));
    }

    private static byte[] signedLetter() {
        return SIGNER.sign(MimeWriter.write(letter("Attention is all you need", "Hello.\n", "<p>Hello.</p>")));
    }

    private static byte[] signed(String message) {
        return SIGNER.sign(message.getBytes(OCTETS));
    }

    private static String text(byte[] message) {
        return new String(message, OCTETS);
    }

    private static void assertBroken(String message, String why) {
        assertThrows(FailException.class, () -> DkimKeys.verify(message.getBytes(OCTETS)), why);
    }

    private static String signature(byte[] message) {
        String text = text(message);
        return text.substring(0, text.indexOf("\r\nFrom: ") + 2);
    }

    @Test
    void aLetterIsSignedOverAllThatMatters() {
        DkimKeys.assertVerifies(signedLetter(), COVERED.toArray(String[]::new));
    }

    @Test
    void theSignatureStandsBeforeTheLetterAsItWas() {
        byte[] plain = MimeWriter.write(letter("s", "t", "h"));
        String signed = text(SIGNER.sign(plain));
        assertTrue(signed.endsWith("\r\n" + text(plain)));
        assertTrue(
                signed.startsWith(
                        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s2026;\r\n h=From:From:To:To:"),
                signed);
        assertFalse(signature(SIGNER.sign(plain)).contains("l="), "the whole body is signed");
    }

    @Test
    void noLineOfTheSignatureIsLongerThan78() {
        String signature = signature(signedLetter());
        List<String> lines = List.of(signature.split("\r\n"));
        assertTrue(lines.size() > 6, signature);
        for (String line : lines) {
            assertTrue(line.length() <= 78 && !line.isBlank() && !line.endsWith(" "), line);
        }
        assertTrue(lines.stream().skip(1).allMatch(line -> line.startsWith(" ")), signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one line without its end",
                "trailing space \r\ntrailing tab\t\r\n and both \t \r\n",
                " \t leading and  double\t\tspaces\r\n",
                "blank lines\r\n\r\n\r\nwithin\r\n\r\n",
                ".\r\n..\r\n",
                "8 bit: \u00e4\u00f6\u00fc \u00df\r\n",
            })
    void aBodyIsSigned(String body) {
        byte[] signed = signed("From: papers@example.org\r\nDate: Tue, 3 Mar 2026 06:00:00 +0100\r\n\r\n" + body);
        DkimKeys.assertVerifies(signed, "from", "date");
        assertArrayEquals(
                signed, signed("From: papers@example.org\r\nDate: Tue, 3 Mar 2026 06:00:00 +0100\r\n\r\n" + body));
    }

    /** By the hash that RFC 6376 §3.4.4 gives: jDKIM 0.5 takes a relaxed body of nothing for an empty line. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n", "\r\n\r\n\r\n", " \r\n\t\r\n"})
    void aBodyOfBlankLinesIsSignedAsNone(String body) {
        assertTrue(text(signed("From: papers@example.org\r\n\r\n" + body))
                .contains(" bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;"));
    }

    @Test
    void longFoldedAndEncodedHeadersAreSigned() {
        String title = "Über " + "eine lange Überschrift 日本語のタイトル 👩‍🔬 ".repeat(20);
        DkimKeys.assertVerifies(SIGNER.sign(MimeWriter.write(letter(title, "t", null))), "subject");
        DkimKeys.assertVerifies(
                signed(
                        "From:papers@example.org\r\nSubject\t: a  b\t\r\n\t c\r\n \r\n  d  \r\nTO:\r\n a@b.example\r\n\r\nx"),
                "subject");
    }

    @Test
    void repeatedFieldsAreSignedFromTheBottom() {
        String message =
                "List-Help: <https://a.example>\r\nFrom: papers@example.org\r\nlist-help: <https://b.example>\r\n\r\nx";
        String signed = text(signed(message));
        DkimKeys.assertVerifies(signed.getBytes(OCTETS), "list-help");
        assertBroken(signed.replace("a.example", "c.example"), "the upper one");
        assertBroken(signed.replace("b.example", "c.example"), "the lower one");
    }

    @Test
    void whatIsChangedOnTheWayBreaksTheSignature() {
        String signed = text(signedLetter());
        int own = signed.indexOf("\r\nFrom: ");
        List<String> broken = new ArrayList<>();
        for (String line : signed.substring(own + 2, signed.indexOf("\r\n\r\n")).split("\r\n(?! )")) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase();
            String changed = line.replaceFirst("([a-zA-Z0-9])(\\W*)$", "X$2");
            assertNotEquals(line, changed);
            if (COVERED.contains(name)) {
                assertBroken(signed.replace("\r\n" + line, "\r\n" + changed), name + " changed");
                assertBroken(signed.replace("\r\n" + line, ""), name + " taken out");
                broken.add(name);
            }
        }
        assertEquals(COVERED.size(), broken.size(), broken::toString);
        assertBroken(signed.replace("Hello.", "Hallo."), "body");
        assertBroken(signed + "more\r\n", "below the body");
    }

    @Test
    void whatRelaysMayChangeDoesNotBreakIt() {
        String signed = text(signedLetter());
        DkimKeys.assertVerifies(("Received: from a by b\r\nPrecedence: list\r\n" + signed).getBytes(OCTETS));
        DkimKeys.assertVerifies(signed.replace("Subject: ", "SUBJECT:  ")
                .replace("Hello.\r\n", "Hello. \t\r\n")
                .getBytes(OCTETS));
        DkimKeys.assertVerifies((signed + "\r\n \r\n").getBytes(OCTETS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"From", "To", "Subject", "Date", "Content-Type", "List-Unsubscribe", "list-unsubscribe-post"})
    void aSecondFieldOfTheNameBreaksTheSignature(String name) {
        String signed = text(signedLetter());
        assertBroken(name + ": evil@example.com\r\n" + signed, "above");
        assertBroken(signed.replace("\r\nMIME-Version:", "\r\n" + name + ": x\r\nMIME-Version:"), "between");
        String service = text(signed("From: papers@example.org\r\n\r\nHello"));
        assertBroken(name + ": evil@example.com\r\n" + service, "even where there was none");
    }

    @Test
    void theSameLetterIsTheSameBytesWhoeverSigns() {
        byte[] plain = MimeWriter.write(letter("s", "t", "h"));
        DkimSigner ofTheJvm = new DkimSigner(DkimKeys.identity(), RsaProvider.ofTheJvm());
        byte[] once = SIGNER.sign(plain);
        assertArrayEquals(once, SIGNER.sign(plain));
        assertArrayEquals(once, ofTheJvm.sign(plain));
        assertEquals("SunRsaSign", ofTheJvm.provider());
    }

    @Test
    void theFasterProviderIsUsedWhereItIsMadeFor() {
        boolean madeFor = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        Assumptions.assumeTrue(madeFor, "Amazon's provider is bundled for Linux on x86-64 alone");
        assertEquals("AmazonCorrettoCryptoProvider", SIGNER.provider());
    }

    @Test
    void manyThreadsSignAtOnce() {
        List<byte[]> plain = IntStream.range(0, 16)
                .mapToObj(i -> MimeWriter.write(letter("No. " + i, "t", "h")))
                .toList();
        List<byte[]> alone = plain.stream().map(SIGNER::sign).toList();
        IntStream.range(0, 400)
                .parallel()
                .forEach(i -> assertArrayEquals(alone.get(i % 16), SIGNER.sign(plain.get(i % 16))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Date: yesterday\r\n",
                "Date: Mon, 2 Mar 2026 12:00:00 +0000\r\n",
                "Date: Mon, 1 Jan 1900 00:00:00 +0000\r\n"
            })
    void theSignatureHasNoTimeThatAClockCouldBeBehind(String date) {
        byte[] signed = signed("From: papers@example.org\r\n" + date + "\r\nx");
        DkimKeys.assertVerifies(signed, "from", "date");
        assertFalse(signature(signed).matches("(?s).*[;\\s][tx]=.*"), text(signed));
    }

    @Test
    void aWriterWithoutASignerLeavesLettersUnsigned() {
        LetterContent letter = letter("s", "t", "h");
        assertArrayEquals(MimeWriter.write(letter), new LetterWriter(Optional.empty(), Optional.empty()).write(letter));
        assertArrayEquals(
                SIGNER.sign(MimeWriter.write(letter)), DkimKeys.writer().write(letter));
    }
}
