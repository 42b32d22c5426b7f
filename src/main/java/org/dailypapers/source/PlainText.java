package org.dailypapers.source;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.tex.TexText;
import org.jsoup.parser.Parser;

/**
 * Text as people read it, out of what sources write: HTML's character references become the characters that they stand
 * for, and so do TeX's accents, commands and simple formulas.
 */
final class PlainText {

    private static final Pattern REFERENCE = Pattern.compile("&(?:#\\d{1,7}|#[xX]\\p{XDigit}{1,6}|[A-Za-z]\\w{1,31});");

    /** Some sources escape what is escaped already. */
    private static final int DEEPEST = 3;

    private PlainText() {}

    /** The text on one line, without character references and TeX, its letters composed (NFC). */
    static String of(String written) {
        String text = Titles.oneLine(written);
        for (int depth = 0; depth < DEEPEST && text.indexOf('&') >= 0; depth++) {
            text = REFERENCE.matcher(text).replaceAll(r -> Matcher.quoteReplacement(character(r.group())));
        }
        return Titles.oneLine(Normalizer.normalize(TexText.plain(text), Normalizer.Form.NFC));
    }

    private static String character(String reference) {
        return Parser.unescapeEntities(reference, true);
    }
}
