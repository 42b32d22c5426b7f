package org.dailypapers.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestParser;
import org.jspecify.annotations.Nullable;

/** The pages that list the papers of one author, organisation, category or keyword: searches of that field. */
public final class FieldPages {

    private static final Pattern PLAIN_CATEGORY = Pattern.compile("[A-Za-z.-]+");

    private FieldPages() {}

    /** A value of a field, and the address of its page; null where the language of interests cannot say it. */
    public record Named(String name, @Nullable String page) {}

    static Named author(String name) {
        return named(name, Interest.authorLine(name));
    }

    static Named organization(String name) {
        return named(name, "org:" + quoted(name));
    }

    static Named category(String name) {
        return named(name, "category:" + (PLAIN_CATEGORY.matcher(name).matches() ? name : quoted(name)));
    }

    static Named keyword(String words) {
        return named(words, quoted(words));
    }

    /** The address of a search. */
    static String search(String line) {
        return "/papers?q=" + URLEncoder.encode(line, StandardCharsets.UTF_8);
    }

    private static Named named(String name, String line) {
        return new Named(name, InterestParser.parse(line) instanceof Interest ? search(line) : null);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "") + '"';
    }
}
