package org.dailypapers.site.connection;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.language.FaultMessages;

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
    record Fault(int status, Function<FaultMessages, String> title, Function<FaultMessages, String> text) {}

    /** What is said of an address that cannot be read. */
    static final Fault ADDRESS = new Fault(400, FaultMessages::checkAddress, FaultMessages::unreadableAddress);

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
            return Optional.of(new Fault(415, FaultMessages::notReadHere, FaultMessages::formType));
        }
        Matcher charset = CHARSET.matcher(form.group(1) == null ? "" : form.group(1));
        if (charset.find() && !CHARSETS.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
            return Optional.of(unreadable(FaultMessages::formCharset));
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (BROKEN_PERCENT.matcher(text).find()) {
            return Optional.of(unreadable(FaultMessages::formPercent));
        }
        if (NUL.matcher(text).find()) {
            return Optional.of(unreadable(FaultMessages::formNul));
        }
        if (text.chars().filter(c -> c == '&').count() >= MOST_FIELDS) {
            return Optional.of(new Fault(413, FaultMessages::tooMuch, say -> say.tooManyFields(MOST_FIELDS)));
        }
        return Optional.empty();
    }

    private static Fault unreadable(Function<FaultMessages, String> why) {
        return new Fault(400, FaultMessages::formUnreadable, why);
    }
}
