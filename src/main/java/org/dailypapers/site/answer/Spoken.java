package org.dailypapers.site.answer;

import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.language.Language;
import org.dailypapers.template.Rendering;
import org.jspecify.annotations.Nullable;

/**
 * The language that one page speaks; templates know it as {@code spoken}.
 *
 * @param asked whether the page's own address asks for it: then the links on the page do too
 * @param address of the page, without what asks for a language; null for an answer to a form, which has none
 * @param offered all languages that it could speak
 */
public record Spoken(
        Language language, boolean asked, @Nullable String address, List<Language> offered) {

    /** What asks for a language in an address. */
    public static final String PARAMETER = "lang";

    /** A link or a form that leads to a page of ours: no file, no feed, nothing that is written for programs. */
    private static final Pattern LINK = Pattern.compile("(<(?:a|form)\\b[^>]*? (?:href|action)=\")"
            + "(/(?!feed|feeds/|q/|mailbox|sitemap|[^\"]*\\.bib)[^\"#?]*)(\\?(?![^\"#]*\\blang=)[^\"#]*)?(#[^\"]*)?\"");

    public Spoken {
        offered = List.copyOf(offered);
    }

    /** The same for a page at another address. */
    public Spoken at(String other) {
        return new Spoken(language, asked, other, offered);
    }

    /** The address of the same page in that language. */
    public String in(Language other) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + PARAMETER + '=' + other.tag();
    }

    /** What lists of papers say on each of them. */
    public CardWords words() {
        return CardWords.of(language);
    }

    /** What stands in a tag around the text of papers, which is English mostly. */
    public String foreign() {
        return language.english() ? "" : " lang=\"en\" dir=\"auto\"";
    }

    /** What stands in a tag within that text whose words are the page's. */
    public String own() {
        return language.english() ? "" : " lang=\"" + language.htmlTag() + '"';
    }

    /** The page as HTML. */
    public String render(TemplateInstance page) {
        String html = Rendering.of(page.setLocale(language.locale()).data("spoken", this));
        return asked
                ? LINK.matcher(html)
                        .replaceAll(link -> Matcher.quoteReplacement(link.group(1)
                                + link.group(2)
                                + (link.group(3) == null ? "?" : link.group(3) + "&amp;")
                                + PARAMETER
                                + '='
                                + language.tag()
                                + (link.group(4) == null ? "" : link.group(4))
                                + '"'))
                : html;
    }
}
