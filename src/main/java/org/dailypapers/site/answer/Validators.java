package org.dailypapers.site.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** What tells whether somebody has an answer already: its tag (RFC 9110 §8.8.3, §13.1.2). */
public final class Validators {

    private static final int BYTES_OF_HASH = 12;
    private static final Pattern COMMA = Pattern.compile(",");

    private Validators() {}

    /** The hash of a text, to be its tag. */
    public static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of a file, likewise. */
    public static String hash(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file), 0, BYTES_OF_HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A weak tag, for the same answer may leave with and without compression. */
    public static String tag(String hash) {
        return "W/\"" + hash + '"';
    }

    /** Whether one of the lines of {@code If-None-Match} names that hash, compared weakly (§13.1.2). */
    public static boolean names(List<String> ifNoneMatch, String hash) {
        return ifNoneMatch.stream()
                .flatMap(COMMA::splitAsStream)
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals('"' + hash + '"'));
    }
}
