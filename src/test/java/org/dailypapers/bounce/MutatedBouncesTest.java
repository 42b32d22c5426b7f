package org.dailypapers.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dailypapers.bounce.mail.ReturnedMail;
import org.dailypapers.source.RealData;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Reports that were damaged on their way, or made to do harm: each is read, and none costs more than its caps. */
class MutatedBouncesTest {

    private static final int MUTATIONS = 2_000;

    private static final String[] CHARSETS = {"utf-16", "x-nonsense", "", "iso-2022-jp", "utf-7", "\"", "big5", "ibm930"
    };

    @Test
    void noDamageMakesAReportUnreadable() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("MutatedBouncesTest: seed " + seed);
        var random = new Random(seed);
        List<byte[]> mails = mails();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(mails.get(random.nextInt(mails.size())), random);
            try {
                Report report = BounceReader.read(new ByteArrayInputStream(mutated));
                assertNotNull(report.main().kind());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "seed " + seed + ", mutation " + i + ":\n" + new String(mutated, StandardCharsets.ISO_8859_1),
                        e);
            }
        }
    }

    private static List<byte[]> mails() throws IOException {
        var mails = new ArrayList<byte[]>();
        mails.add(BounceReaderTest.dsn(
                        "Final-Recipient: utf-8; j\\x{F6}rg@example.org\nOriginal-Recipient: rfc822;a+2Bb@x.example\n"
                                + "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown")
                .getBytes(StandardCharsets.UTF_8));
        mails.add(BounceReaderTest.text(
                        "MAILER-DAEMON@mx.example",
                        "=?utf-8?b?5aSx5pWX?=",
                        "<a@example.org>:\n550 (#5.1.1) ユーザー不明\n" + "--- Below this line is a copy of the message.\n"
                                + BounceReaderTest.LETTER)
                .getBytes(StandardCharsets.UTF_8));
        try {
            for (Path file : RealData.files("bounces", "1.eml")) {
                mails.add(Files.readAllBytes(file));
            }
        } catch (TestAbortedException absent) {
            System.out.println("MutatedBouncesTest: the real data are not here, two written mails will do");
        }
        return mails;
    }

    private static byte[] mutated(byte[] mail, Random random) {
        byte[] bytes = mail.clone();
        return switch (random.nextInt(5)) {
            case 0 -> {
                for (int i = 0; i < 1 + bytes.length / 50; i++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                yield bytes;
            }
            case 1 -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> {
                // One piece doubled, another gone.
                int at = random.nextInt(bytes.length);
                int length = random.nextInt(bytes.length - at);
                var out = new ByteArrayOutputStream();
                out.write(bytes, 0, at + length);
                out.write(bytes, at, length);
                int on = Math.min(bytes.length, at + length + random.nextInt(200));
                out.write(bytes, on, bytes.length - on);
                yield out.toByteArray();
            }
            case 3 ->
                new String(bytes, StandardCharsets.ISO_8859_1)
                        .replaceAll("(?i)charset=[^;\\s]*", "charset=" + CHARSETS[random.nextInt(CHARSETS.length)])
                        .replaceAll(
                                "(?i)encoding: ?[78]bit",
                                "Encoding: " + (random.nextBoolean() ? "base64" : "quoted-printable"))
                        .getBytes(StandardCharsets.ISO_8859_1);
            default -> {
                for (int i = 0; i < 30; i++) {
                    int at = random.nextInt(bytes.length);
                    bytes[at] = (byte) "\r\n\0 :;<>@=-\t\"\\%".charAt(random.nextInt(15));
                }
                yield bytes;
            }
        };
    }

    @Test
    void aMailNestedAThousandDeepIsLeftEarly() throws IOException {
        var nested = new StringBuilder("From: MAILER-DAEMON@mx.example\nSubject: Undeliverable\n");
        for (int i = 0; i < 1_000; i++) {
            nested.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        nested.append("Content-Type: text/plain\n\n<reader@example.org>: 550 5.1.1 user unknown\n");
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> BounceReader.read(
                        new ByteArrayInputStream(nested.toString().getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void tenThousandPartsAreNotAllRead() throws IOException {
        String part = "--b\nContent-Type: text/plain\n\nx\n";
        ReturnedMail mail = ReturnedMail.read(
                new ByteArrayInputStream(("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(10_000))
                        .getBytes(StandardCharsets.US_ASCII)));
        assertEquals(ReturnedMail.PARTS, mail.parts().size());
    }

    @Test
    void ofAHundredMegabytesOneIsRead() throws IOException {
        for (String head : new String[] {
            "From: MAILER-DAEMON@mx.example\n\n<reader@example.org>: 550 5.1.1 user unknown\n",
            "Subject: ",
            "",
            "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; ",
            "Content-Type: text/html\n\n"
        }) {
            var endless = new Endless(head, 100 << 20);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> BounceReader.read(endless));
            assertTrue(endless.given <= ReturnedMail.BYTES + 1, () -> head + ": " + endless.given);
        }
    }

    @Test
    void wordsThatFitEverywhereAndNowhereTakeNoLongTime() {
        for (String piece : new String[] {
            "a@",
            "<",
            "user ",
            "mailbox mailbox ",
            "5.1.",
            "550 ",
            ">>> data <<< 5",
            "@@",
            "the following address",
            "account * ",
            "----- original ",
            "https://x ",
            "\u0301",
            "recipient: ",
            "<a@b",
            "=?utf-8?q?",
            ". "
        }) {
            String mail = BounceReaderTest.text(
                    "MAILER-DAEMON@mx.example", "failure notice", piece.repeat(60_000 / piece.length()));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> BounceReader.read(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8))),
                    piece);
        }
    }

    /** A mail that does not end for a long time, and counts what is taken of it. */
    private static final class Endless extends InputStream {
        private final byte[] head;
        private final int length;
        private int given;

        Endless(String head, int length) {
            this.head = head.getBytes(StandardCharsets.US_ASCII);
            this.length = length;
        }

        @Override
        public int read() {
            if (given >= length) {
                return -1;
            }
            int at = given++;
            return at < head.length ? head[at] : 'a' + at % 26;
        }

        @Override
        public int read(byte[] bytes, int from, int many) {
            int n = 0;
            for (int b; n < Math.min(many, 8_192) && (b = read()) >= 0; n++) {
                bytes[from + n] = (byte) b;
            }
            return n == 0 ? -1 : n;
        }
    }
}
