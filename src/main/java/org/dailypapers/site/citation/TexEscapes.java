package org.dailypapers.site.citation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text for TeX: what TeX would take for a sign of its own is written so that it shows, formulas stay as they are. Braces
 * are always balanced, for BibTeX counts them, escaped or not.
 */
final class TexEscapes {

    /** As Pandoc reads it: nothing blank inside the signs, and no digit behind, which would be a sum of money. */
    private static final Pattern FORMULA =
            Pattern.compile("(?<!\\\\)\\$(?=[^\\s$])((?:\\\\.|[^$\\\\])*+)(?<!\\s)\\$(?![0-9])");

    /** What reads or writes files, or changes what follows. */
    private static final Pattern HARMFUL = Pattern.compile(
            "\\\\(?:input|include|openin|openout|read|readline|write|immediate|special|catcode|csname|def|edef|gdef|xdef|let"
                    + "|newcommand|renewcommand|providecommand|loop|expandafter|everymath|jobname|directlua|usepackage"
                    + "|verbatiminput|lstinputlisting|includegraphics|begin|end|href|url)(?![A-Za-z])|\\^\\^|%");

    private TexEscapes() {}

    /** The text for a field of BibTeX. */
    static String of(String text) {
        var tex = new StringBuilder();
        Matcher formula = FORMULA.matcher(text);
        int from = 0;
        while (formula.find()) {
            if (isFormula(formula.group(1))) {
                escape(text.substring(from, formula.start()), tex);
                tex.append(formula.group());
                from = formula.end();
            }
        }
        escape(text.substring(from), tex);
        return tex.toString();
    }

    private static boolean isFormula(String inside) {
        int depth = 0;
        for (int i = 0; i < inside.length(); i++) {
            depth += inside.charAt(i) == '{' ? 1 : inside.charAt(i) == '}' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0 && !HARMFUL.matcher(inside).find();
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
