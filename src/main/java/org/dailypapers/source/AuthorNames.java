package org.dailypapers.source;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of authors as they are read, out of lists that put the family first or join all names into one text. */
public final class AuthorNames {

    /** Between authors; a character reference ends with the same sign. */
    private static final Pattern SEMICOLON = Pattern.compile("(?<!&[#\\w]{1,10});\\s*");

    private static final Pattern FAMILY_FIRST = Pattern.compile("([^,]+),\\s*([^,]+?)(?:,\\s*([^,]+))?,?");

    /** Behind a name they are no given name. */
    private static final Pattern TITLE =
            Pattern.compile("(?i)(?:ph\\.?\\s?d|m\\.?d|m\\.?sc|b\\.?sc|jr|sr|i{2,3}|iv)\\.?");

    private AuthorNames() {}

    /** The names of {@code Lovelace, A. K.; Babbage, C.}, as {@code A. K. Lovelace} and {@code C. Babbage}. */
    public static List<String> ofFamilyFirst(String names) {
        return Arrays.stream(SEMICOLON.split(names))
                .map(AuthorNames::readable)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The names of one text, which may be one name, or several with semicolons or commas between. */
    public static List<String> of(String names) {
        if (SEMICOLON.matcher(names).find()) {
            return ofFamilyFirst(names);
        }
        List<String> parts = Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        // A family or a given name alone is one word, or initials.
        boolean wholeNames = parts.size() > 1 && parts.stream().allMatch(part -> part.indexOf(' ') > 0);
        boolean many = parts.size() > 3;
        return wholeNames || many ? parts : parts.isEmpty() ? List.of() : List.of(readable(names));
    }

    private static String readable(String name) {
        String stripped = name.strip();
        Matcher parts = FAMILY_FIRST.matcher(stripped);
        if (!parts.matches() || TITLE.matcher(parts.group(2)).matches()) {
            return stripped.replaceFirst(",$", "");
        }
        String ending = parts.group(3) == null ? "" : " " + parts.group(3).strip();
        return parts.group(2).strip() + " " + parts.group(1).strip() + ending;
    }
}
