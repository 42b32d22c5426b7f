package org.dailypapers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Letters as somebody has read and approved them, in {@code src/test/resources/approved}: head, text and HTML of each
 * kind. Compared whole, but for what differs from run to run: signed tokens and the numbers of rows.
 *
 * <p>To approve a change, run the test with {@code -Dapprove}, look at the difference, and commit it.
 */
public final class Approved {

    private static final Pattern TOKEN =
            Pattern.compile("(/(?:address|confirm|preferences|unsubscribe|letters|voice)/)[\\w-]{20,}");

    private static final Pattern PAPER = Pattern.compile("(/voice/TOKEN/)\\d+");
    private static final Pattern MESSAGE = Pattern.compile("(<(?:digest|request|alarm))\\.\\d+\\.\\d+@");
    private static final Pattern BOUNDARY = Pattern.compile("(=_(?:digest|request|alarm)_)\\d+");

    /** What the receiving server puts before a letter (RFC 5321 §4.4). */
    private static final Pattern TRACE =
            Pattern.compile("^(?:Return-Path|Received):.*\\R(?:[ \\t].*\\R)*", Pattern.MULTILINE);

    private static final Path FOLDER = root().resolve("src/test/resources/approved");

    private Approved() {}

    /** Fails where the letter is not the approved one of that name. */
    public static void letter(String name, PostOffice.Received letter) {
        String source = letter.source();
        String head = source.substring(0, source.indexOf("\r\n\r\n") + 2);
        compare(name + ".head", TRACE.matcher(head).replaceAll(""));
        compare(name + ".txt", letter.text());
        compare(name + ".html", letter.html());
    }

    private static void compare(String file, String written) {
        String now = TOKEN.matcher(written.replace("\r\n", "\n")).replaceAll("$1TOKEN");
        now = PAPER.matcher(now).replaceAll("$11");
        now = MESSAGE.matcher(now).replaceAll("$1.1.1@");
        now = BOUNDARY.matcher(now).replaceAll("$11");
        Path approved = FOLDER.resolve(file);
        try {
            if (System.getProperty("approve") != null) {
                Files.createDirectories(FOLDER);
                Files.writeString(approved, now);
            }
            assertEquals(
                    Files.exists(approved) ? Files.readString(approved, StandardCharsets.UTF_8) : "",
                    now,
                    file + " differs from what was approved; if it is right, run the test again with -Dapprove");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path root = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (!Files.exists(root.resolve("pom.xml"))) {
            root = root.getParent();
        }
        return root;
    }
}
