package org.dailypapers.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/** A status code of RFC 3463, such as 5.1.1. */
public record EnhancedStatusCode(int status, int subject, int detail) {

    // RFC 3463 §2: class "." subject "." detail, up to three digits each; at the start of a reply's text.
    private static final Pattern AT_START = Pattern.compile("^([245])\\.(\\d{1,3})\\.(\\d{1,3})(?:\\s|$)");

    /** The code at the start of a reply's text, if its class agrees with the basic code. */
    public static Optional<EnhancedStatusCode> of(int basic, String text) {
        var found = AT_START.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        var code = new EnhancedStatusCode(
                Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
        return code.status == basic / 100 ? Optional.of(code) : Optional.empty();
    }

    public boolean is(int subject, int detail) {
        return this.subject == subject && this.detail == detail;
    }

    /** Whether it tells of one mailbox or domain, so that no word of the reply's text can mean more (RFC 3463 §3.2, §3.3). */
    boolean tellsOfMailbox() {
        return switch (subject) {
            case 1 ->
                switch (detail) {
                    case 1, 2, 3, 6, 10 -> true;
                    default -> false;
                };
            case 2 -> detail == 1 || detail == 2;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return status + "." + subject + "." + detail;
    }
}
