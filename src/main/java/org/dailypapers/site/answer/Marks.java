package org.dailypapers.site.answer;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateExtension;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sentence with marks in it: translators place {@code <a>}, {@code <strong>} and the like, and write no other HTML. */
@TemplateExtension
public final class Marks {

    private static final Pattern MARK = Pattern.compile("&lt;(strong|em|code|bdi)&gt;(.*?)&lt;/\\1&gt;");
    private static final Pattern LINK = Pattern.compile("&lt;a&gt;(.*?)&lt;/a&gt;");

    /** What a "<" of something that is put into a sentence is until the marks are read: no character (Unicode 23.7). */
    private static final char NO_MARK = '\uFDD0';

    private Marks() {}

    /** What is put into a sentence with marks: none of its own characters is read as one. */
    static String plain(String data) {
        return data.replace('<', NO_MARK);
    }

    /** The sentence as HTML: whatever else is in it is text. */
    static RawString marked(String sentence) {
        return raw(html(sentence));
    }

    /** The same with a link. */
    static RawString linked(String sentence, String address) {
        return raw(link(html(sentence), address, ""));
    }

    /** The same with two links, of which search engines follow neither. */
    static RawString linked(String sentence, String first, String second) {
        String rel = " rel=\"nofollow\"";
        return raw(link(link(html(sentence), first, rel), second, rel));
    }

    private static RawString raw(String html) {
        return new RawString(html.replace(String.valueOf(NO_MARK), "&lt;"));
    }

    private static String html(String sentence) {
        String marked = escaped(sentence);
        // Marks may stand in one another.
        for (String before = ""; !before.equals(marked); ) {
            before = marked;
            marked = MARK.matcher(marked).replaceAll("<$1>$2</$1>");
        }
        return marked;
    }

    private static String link(String html, String address, String attributes) {
        return LINK.matcher(html)
                .replaceFirst(
                        "<a href=\"" + Matcher.quoteReplacement(escaped(address)) + "\"" + attributes + ">$1</a>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
