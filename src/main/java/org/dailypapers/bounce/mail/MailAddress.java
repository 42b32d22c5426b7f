package org.dailypapers.bounce.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses in reports: with = and + in them, quoted, in xtext, beyond ASCII. */
public final class MailAddress {

    private static final int LONGEST = 320;

    // RFC 5321 §4.1.2, and what mail systems write nevertheless; a full stop ends a sentence.
    private static final Pattern ADDRESS = Pattern.compile(
            "(\"[^\"\\r\\n]{1,64}\"|[^\\s<>()\\[\\]\",;:@'|\\\\]{1,128})@([\\p{L}\\p{N}](?:[\\p{L}\\p{N}._-]{0,253}[\\p{L}\\p{N}])?)");

    // RFC 6533 §3: \x{6C23}.
    private static final Pattern UNITEXT = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

    private MailAddress() {}

    /** The first address in a text. */
    public static Optional<String> first(String text) {
        Matcher found = ADDRESS.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /** All addresses in a text, in their order. */
    public static List<String> all(String text) {
        var all = new ArrayList<String>();
        Matcher found = ADDRESS.matcher(text);
        while (found.find() && all.size() < 50) {
            all.add(found.group());
        }
        return all;
    }

    /** The address of a recipient's field, such as {@code rfc822;reader@example.org} (RFC 3464 §2.3.1). */
    public static Optional<String> field(String value) {
        if (value.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        int semicolon = value.indexOf(';');
        String type = semicolon < 0 ? "" : value.substring(0, semicolon).strip().toLowerCase(Locale.ROOT);
        String text = value.substring(semicolon + 1).strip();
        if (type.equals("utf-8")) {
            text = UNITEXT.matcher(text).replaceAll(m -> Matcher.quoteReplacement(character(m.group(1))));
        }
        // A source route is nothing to anybody (RFC 5321 appendix C).
        text = text.replaceFirst("^<?@[^:\\s]*:", "");
        return first(text).filter(a -> a.length() <= LONGEST);
    }

    private static String character(String hex) {
        int point = Integer.parseInt(hex, 16);
        return Character.isValidCodePoint(point) && !Character.isISOControl(point) ? Character.toString(point) : "?";
    }

    /** Whether it is one that mail systems write from, and no reader's. */
    public static boolean isSystem(String address) {
        String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
        return local.contains("mailer-daemon")
                || local.contains("mailerdaemon")
                || local.contains("mail-daemon")
                || local.contains("maildaemon")
                || local.equals("mdaemon")
                || local.equals("mail.delivery.system")
                || local.startsWith("postmaster")
                || local.startsWith("post_master")
                || local.startsWith("poostmaster")
                || local.equals("nobody-bounce");
    }
}
