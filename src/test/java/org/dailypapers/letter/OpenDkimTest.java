package org.dailypapers.letter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.letter.address.Mailbox;
import org.dailypapers.letter.dkim.DkimSigner;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signatures as Debian's OpenDKIM sees them, where it is installed: a verifier in C, with nothing of ours or jDKIM's. */
class OpenDkimTest {

    private static final DkimSigner SIGNER = new DkimSigner(DkimKeys.identity());

    @TempDir
    Path folder;

    private Path opendkim;

    @BeforeEach
    void isInstalled() throws IOException {
        Optional<Path> found = Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(place -> Path.of(place, "opendkim"))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "OpenDKIM is not installed: apt-get install opendkim");
        opendkim = found.get();
        Files.writeString(
                folder.resolve("keys"),
                DkimKeys.SELECTOR + "._domainkey." + DkimKeys.DOMAIN + " "
                        + DkimKeys.identity().key().record() + "\n");
        Files.writeString(
                folder.resolve("conf"),
                "Mode v\nTestPublicKeys " + folder.resolve("keys") + "\nOn-BadSignature reject\n");
    }

    private int verify(byte[] message) throws Exception {
        Path file = Files.write(folder.resolve("letter.eml"), message);
        Process process = new ProcessBuilder(
                        opendkim.toString(), "-x", folder.resolve("conf").toString(), "-t", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        return process.waitFor();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void itAcceptsWhatWeSign() throws Exception {
        for (long seed = 0; seed < 50; seed++) {
            NaughtyText naughty = new NaughtyText(seed);
            byte[] signed = DkimKeys.writer()
                    .write(new LetterContent(
                            new Mailbox(naughty.line(6), "papers@example.org"),
                            new Mailbox(naughty.line(6), "ada@example.net"),
                            naughty.line(12),
                            ZonedDateTime.parse("2026-03-03T06:00:00+01:00[Europe/Berlin]"),
                            "d.1@example.org",
                            "b",
                            LetterParts.of(naughty.body(60), naughty.maybe() ? naughty.body(60) : null),
                            ListHeaders.service()));
            assertEquals(0, verify(signed), "seed " + seed);
            assertTrue(said().contains("verification (s=s2026, d=example.org, 2048-bit key"), said());
            assertTrue(said().contains("succeeded"), said());
        }
    }

    @Test
    void itAcceptsAnyBody() throws Exception {
        for (String body :
                List.of("", "\r\n", "\r\n\r\n", " \t\r\n \r\n", "a \t\r\n\r\n", " a\t b\r\n\r\nc\r\n", "ü\r\n")) {
            String message = "From: papers@example.org\r\nSubject:  a\t\r\n  b \r\n\r\n" + body;
            assertEquals(0, verify(SIGNER.sign(message.getBytes(StandardCharsets.UTF_8))), body);
            assertTrue(said().contains("succeeded"), body + said());
        }
    }

    @Test
    void itRefusesWhatWasChanged() throws Exception {
        byte[] signed = SIGNER.sign(
                "From: papers@example.org\r\nTo: a@example.net\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(0, verify(signed));
        String text = new String(signed, StandardCharsets.UTF_8);
        for (String changed : List.of(text.replace("Hello", "Hallo"), "Subject: new\r\n" + text)) {
            verify(changed.getBytes(StandardCharsets.UTF_8));
            assertFalse(said().contains("succeeded"), said());
        }
    }
}
