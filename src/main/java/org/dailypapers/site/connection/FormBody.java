package org.dailypapers.site.connection;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether what was sent can be read at all: the encoding of addresses and of forms (URL Standard §5). */
final class FormBody {

    /** Of fields in one form: more than the form has topics. */
    static final int MOST_FIELDS = 600;

    private static final Pattern BROKEN_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern NUL = Pattern.compile("\0|%00");
    private static final Pattern FORM =
            Pattern.compile("application/x-www-form-urlencoded\\s*(?:;(.*))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CHARSET =
            Pattern.compile("(?:^|;)\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> CHARSETS = Set.of("", "utf-8", "utf8", "us-ascii", "iso-8859-1", "windows-1252");

    private FormBody() {}

    /**
     * A reason not to read it.
     *
     * @param status of the answer
     */
    record Fault(int status, String title, String text) {}

    /** What is said of an address that cannot be read. */
    static final Fault ADDRESS = new Fault(
            400,
            "Please check the address",
            "Something in it cannot be read; perhaps it was changed on the way. Please follow the link again.");

    /** Whether a path is free of the one character that no database takes; it is well-formed, as HTTP's own reader saw to. */
    static boolean isReadable(String path) {
        return !NUL.matcher(path).find();
    }

    /**
     * What is wrong with a form's content.
     *
     * @param type its {@code Content-Type}; null where there is none
     */
    static Optional<Fault> fault(String type, byte[] content) {
        if (content.length == 0 || type == null || type.isBlank()) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(type.strip());
        if (!form.matches()) {
            return Optional.of(new Fault(
                    415,
                    "That is not read here",
                    "A form is read as application/x-www-form-urlencoded, the way the pages here send it."));
        }
        Matcher charset = CHARSET.matcher(form.group(1) == null ? "" : form.group(1));
        if (charset.find() && !CHARSETS.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.of(unreadable("its character set is not known here; UTF-8 is."));
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (BROKEN_PERCENT.matcher(text).find()) {
            return Optional.of(unreadable("it has a % without two hexadecimal digits after it."));
        }
        if (NUL.matcher(text).find()) {
            return Optional.of(unreadable("it has a character of no meaning (NUL)."));
        }
        if (text.chars().filter(c -> c == '&').count() >= MOST_FIELDS) {
            return Optional.of(new Fault(413, "That is too much", "A form may have " + MOST_FIELDS + " fields."));
        }
        return Optional.empty();
    }

    private static Fault unreadable(String why) {
        return new Fault(400, "The form cannot be read", "Nothing was changed: " + why + " Please send it again.");
    }
}
