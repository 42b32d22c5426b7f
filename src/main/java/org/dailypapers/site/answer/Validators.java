package org.dailypapers.site.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What tells whether somebody has an answer already (RFC 9110 §8.8, §13.1): its tag and the time of its last change. */
public final class Validators {

    private static final int BYTES_OF_HASH = 12;
    private static final Pattern COMMA = Pattern.compile(",");

    /** RFC 9110 §5.6.7. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Validators() {}

    /** The hash of a text, to be its tag. */
    public static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES_OF_HASH);
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

    /** A time as HTTP writes it, to the second. */
    public static String date(Instant time) {
        return DATE.format(time);
    }

    /** Whether nothing has changed since the time of {@code If-Modified-Since} (§13.1.3); a date that is none is passed over. */
    public static boolean isSince(String ifModifiedSince, Instant changed) {
        try {
            Instant known = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(ifModifiedSince));
            return !changed.truncatedTo(ChronoUnit.SECONDS).isAfter(known);
        } catch (DateTimeException e) {
            return false;
        }
    }
}
