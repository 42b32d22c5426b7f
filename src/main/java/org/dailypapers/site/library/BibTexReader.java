package org.dailypapers.site.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dailypapers.source.tex.TexText;

/**
 * Reads BibTeX as people have it: braces within braces, formulas, quotes, strings joined with {@code #}, macros. An entry
 * that is broken off ends where the next one begins, so that it costs no other.
 */
final class BibTexReader {

    private final String text;
    private final int most;
    private final Map<String, String> macros = new HashMap<>();
    private int at;

    private BibTexReader(String text, int most) {
        this.text = text;
        this.most = most;
    }

    /** @param most the most entries that are read */
    static List<Reference> read(String text, int most) {
        return new BibTexReader(text, most).all();
    }

    private List<Reference> all() {
        var references = new ArrayList<Reference>();
        while (references.size() < most && (at = text.indexOf('@', at)) >= 0) {
            at++;
            String type = name().toLowerCase(Locale.ROOT);
            space();
            if (type.isEmpty() || at >= text.length() || "{(".indexOf(text.charAt(at)) < 0) {
                continue;
            }
            char close = text.charAt(at) == '{' ? '}' : ')';
            if (type.equals("comment") || type.equals("preamble")) {
                delimited(close);
                continue;
            }
            at++;
            switch (type) {
                case "string" -> macros.putAll(fields());
                default -> {
                    key();
                    reference(fields()).build().ifPresent(references::add);
                }
            }
        }
        return references;
    }

    private static ReferenceBuilder reference(Map<String, String> fields) {
        var reference = new ReferenceBuilder();
        fields.forEach((name, value) -> {
            switch (name) {
                case "title" -> reference.title(TexText.plain(bare(value)));
                case "abstract" -> reference.summary(TexText.plain(bare(value)));
                case "eprint", "arxivid", "arxiv", "doi" -> reference.id(value);
                case "url", "journal", "note", "howpublished", "number", "volume", "pages", "journaltitle" ->
                    reference.id(value).mention(value);
                default -> {}
            }
        });
        return reference;
    }

    /** Without the braces that keep capitals; those of commands and formulas stay. */
    private static String bare(String value) {
        var bare = new StringBuilder();
        boolean formula = false;
        int kept = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escaped = i > 0 && value.charAt(i - 1) == '\\';
            if (c == '$' && !escaped) {
                formula = !formula;
            }
            boolean plain = !formula && !escaped;
            if (c == '{' && plain && kept == 0 && !followsCommand(value, i)) {
                continue;
            }
            if (c == '{' && !escaped) {
                kept++;
            }
            if (c == '}' && plain && kept == 0) {
                continue;
            }
            if (c == '}' && !escaped && kept > 0) {
                kept--;
            }
            bare.append(c);
        }
        return bare.toString();
    }

    /** Whether the brace holds the argument of a command, as in \emph{x}, \'{e} or {\"o}. */
    private static boolean followsCommand(String value, int brace) {
        if (brace + 1 < value.length() && value.charAt(brace + 1) == '\\') {
            return true;
        }
        int i = brace - 1;
        while (i >= 0 && Character.isLetter(value.charAt(i))) {
            i--;
        }
        return i >= 0 && (value.charAt(i) == '\\' || i > 0 && value.charAt(i - 1) == '\\' && i == brace - 1);
    }

    private String name() {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "-_+:.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        return text.substring(start, at);
    }

    private void space() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '%')) {
            if (text.charAt(at) == '%') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() - 1 : end;
            }
            at++;
        }
    }

    /** Goes over the key of an entry and the comma behind it. */
    private void key() {
        while (at < text.length() && ",}\n@".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
        }
    }

    private Map<String, String> fields() {
        var fields = new HashMap<String, String>();
        while (true) {
            space();
            String name = name().toLowerCase(Locale.ROOT);
            space();
            if (name.isEmpty() || at >= text.length() || text.charAt(at) != '=') {
                return fields;
            }
            at++;
            fields.putIfAbsent(name, value());
            space();
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            }
        }
    }

    private String value() {
        var value = new StringBuilder();
        do {
            space();
            if (at >= text.length()) {
                break;
            }
            char first = text.charAt(at);
            if (first == '{' || first == '"') {
                value.append(delimited(first == '{' ? '}' : '"'));
            } else {
                String word = name();
                value.append(macros.getOrDefault(word.toLowerCase(Locale.ROOT), word));
            }
            space();
        } while (at < text.length() && text.charAt(at) == '#' && ++at > 0);
        return value.toString();
    }

    /** Up to the sign that closes it, outside of braces; of one that is not closed up to the next entry. */
    private String delimited(char close) {
        int start = ++at;
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == close && depth == 0) {
                return text.substring(start, at++);
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == '@' && at > 0 && text.charAt(at - 1) == '\n') {
                break;
            }
            at++;
        }
        at = Math.min(at, text.length());
        return text.substring(Math.min(start, at), at);
    }
}
