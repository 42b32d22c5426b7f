package org.dailypapers.source;

import java.util.regex.Pattern;

/**
 * Text out of a source that marks it up: the elements of HTML, JATS and MathML go, what stands in them stays. Only elements
 * that there are: {@code p < 0.05}, {@code A <B> C} and {@code <think>} are text. Character references are left to
 * {@link PlainText}.
 */
public final class HtmlText {

    private static final Pattern UNSEEN =
            Pattern.compile("(?is)<!--.*?-->|<(script|style|template|iframe|object|svg)\\b[^<>]*>.*?</\\1\\s*>");

    /** Attributes have values: {@code a<b and c>d} is no element. */
    private static final String REST = "(?:\\s+[\\w:-]+\\s*=[^<>]*)?\\s*/?>";

    private static final Pattern INLINE =
            Pattern.compile("(?i)</?(?:(?:a|abbr|acronym|b|big|bdi|bdo|cite|code|del|dfn|em"
                    + "|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
                    + "|jats:(?:italic|bold|sub|sup|sc|underline|monospace|ext-link|xref|inline-formula|tex-math)"
                    + "|italic|bold|underline|sc|inline-formula|tex-math"
                    + "|(?:mml:)?(?:math|mrow|mi|mo|mn|msub|msup|msubsup|mfrac|msqrt|mroot|mtext|mover|munder|mstyle|mspace"
                    + "|semantics|annotation))" + REST);

    private static final Pattern BLOCK =
            Pattern.compile("(?i)</?(?:(?:address|article|aside|blockquote|br|caption|center|dd"
                    + "|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|ol|p|picture|pre|section|source|table|tbody"
                    + "|td|tfoot|th|thead|tr|ul|video)|jats:(?:p|sec|title|list|list-item|break|disp-formula|label))"
                    + REST);

    private HtmlText() {}

    /** The text without its elements, a space where a block of it ends; null for null. */
    public static String plain(String marked) {
        if (marked == null || marked.indexOf('<') < 0) {
            return marked;
        }
        String seen = UNSEEN.matcher(marked).replaceAll(" ");
        return INLINE.matcher(BLOCK.matcher(seen).replaceAll(" ")).replaceAll("");
    }
}
