package org.dailypapers.site.citation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dailypapers.source.tex.TexText;

/**
 * Text for TeX: what TeX would take for a sign of its own is written so that it shows; a formula of which every command
 * is known stays as it is, any other is shown sign by sign, for it could read files. Braces are always balanced, for
 * BibTeX counts them, escaped or not.
 */
final class TexEscapes {

    /** As Pandoc reads it: nothing blank inside the signs, and no digit behind, which would be a sum of money. */
    private static final Pattern FORMULA =
            Pattern.compile("(?<!\\\\)\\$(?=[^\\s$])((?:\\\\.|[^$\\\\])*+)(?<!\\s)\\$(?![0-9])");

    private TexEscapes() {}

    /** The text for a field of BibTeX. */
    static String of(String text) {
        var tex = new StringBuilder();
        Matcher formula = FORMULA.matcher(text);
        int from = 0;
        while (formula.find()) {
            if (TexText.understands(formula.group(1))) {
                escape(TexText.plain(text.substring(from, formula.start())), tex);
                tex.append(formula.group());
                from = formula.end();
            }
        }
        escape(TexText.plain(text.substring(from)), tex);
        return tex.toString();
    }

    private static void escape(String text, StringBuilder tex) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> tex.append("\\textbackslash{}");
                case '{' -> tex.append("\\textbraceleft{}");
                case '}' -> tex.append("\\textbraceright{}");
                case '~' -> tex.append("\\textasciitilde{}");
                case '^' -> tex.append("\\textasciicircum{}");
                case '<' -> tex.append("\\textless{}");
                case '>' -> tex.append("\\textgreater{}");
                case '&', '%', '#', '_', '$' -> tex.append('\\').appendCodePoint(c);
                default -> tex.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
    }
}
