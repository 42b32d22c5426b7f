package org.dailypapers.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a relay said.
 *
 * @param stage when it said so
 * @param code the basic three digits
 * @param text after the code, on one line, at most 400 characters
 */
public record SmtpReply(SmtpStage stage, int code, String text) {

    private static final int LONGEST = 400;

    // RFC 5321 §4.1.2: a local part may be a quoted string, with blanks in it.
    private static final Pattern ADDRESS = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*+\"|[^\\s\"@])*+@\\S+");

    private static final Pattern WORD_ENDS = Pattern.compile("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$");

    public SmtpReply {
        text = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /** Its enhanced status code, where one with the same class begins the text. */
    public Optional<EnhancedStatusCode> status() {
        return EnhancedStatusCode.of(code, text);
    }

    /** Replies like to quote the recipient; what is kept or logged names nobody. */
    public String anonymous() {
        return anonymous(toString());
    }

    /** Such words without the addresses in them. */
    public static String anonymous(String words) {
        return ADDRESS.matcher(words).replaceAll("<address>");
    }

    /**
     * Its codes and words without what may differ from one recipient to the next: addresses, the recipient's local part
     * and domain, and words with a digit in them, as queue ids and moments have.
     */
    public String wordsWithout(String recipient) {
        List<String> parts = List.of(recipient.toLowerCase(Locale.ROOT).split("@"));
        return Stream.of(anonymous(text).toLowerCase(Locale.ROOT).split(" "))
                .filter(word -> !parts.contains(WORD_ENDS.matcher(word).replaceAll("")))
                .filter(word -> word.chars().noneMatch(Character::isDigit))
                .collect(Collectors.joining(
                        " ", code + " " + status().map(s -> s + " ").orElse(""), ""));
    }

    public boolean isTransient() {
        return code / 100 == 4;
    }

    @Override
    public String toString() {
        return code + " " + text;
    }
}
