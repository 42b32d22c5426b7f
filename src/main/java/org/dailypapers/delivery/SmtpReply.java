package org.dailypapers.delivery;

import java.util.Optional;
import java.util.regex.Pattern;

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
    static String anonymous(String words) {
        return ADDRESS.matcher(words).replaceAll("<address>");
    }

    public boolean isTransient() {
        return code / 100 == 4;
    }

    @Override
    public String toString() {
        return code + " " + text;
    }
}
