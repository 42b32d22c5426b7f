package org.dailypapers.letter;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain text in lines that every mail program shows whole. */
public final class TextLines {

    private static final int COLUMNS = 72;

    /** What begins an entry of a list; its further lines stand below its first word. */
    private static final String ENTRY = "* ";

    /** First and last of what takes two columns (Unicode's East Asian Width W and F, UAX 11), in ascending order. */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };

    private static final Pattern LINK_AT_END = Pattern.compile("https?://\\S+$");

    private TextLines() {}

    /**
     * The text with each longer line broken after its 72nd column at most: between words, and in scripts without spaces
     * where a line may end. What has no such place, as a link, stays whole, and beside its name.
     */
    public static String wrapped(String text) {
        if (text.lines().allMatch(TextLines::fits)) {
            return text;
        }
        var out = new StringBuilder(text.length() + 32);
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            String line = text.substring(start, end < 0 ? text.length() : end);
            if (fits(line)) {
                out.append(line);
            } else {
                wrap(line, out);
            }
            out.append(text, end < 0 ? next : end, next);
            start = next;
        }
        return out.toString();
    }

    private static boolean fits(String line) {
        Matcher link = LINK_AT_END.matcher(line);
        return line.length() <= COLUMNS / 2 || width(line, 0, link.find() ? link.start() : line.length()) <= COLUMNS;
    }

    private static void wrap(String line, StringBuilder out) {
        BreakIterator places = BreakIterator.getLineInstance(Locale.ROOT);
        places.setText(line);
        String indent = line.startsWith(ENTRY) ? "  " : "";
        int room = COLUMNS;
        int start = 0;
        int last = 0;
        for (int place = places.next(); place != BreakIterator.DONE; place = places.next()) {
            if (place < line.length() && !mayBreak(line, place)) {
                continue;
            }
            if (last > start && width(line, start, place) > room) {
                out.append(line, start, withoutSpace(line, start, last))
                        .append('\n')
                        .append(indent);
                room = COLUMNS - indent.length();
                start = last;
            }
            last = place;
        }
        out.append(line, start, withoutSpace(line, start, line.length()));
    }

    /** Not within a link or a formula, where a hyphen or stroke would be such a place too. */
    private static boolean mayBreak(String line, int place) {
        return Character.isWhitespace(line.charAt(place - 1))
                || isWide(line.codePointBefore(place))
                || isWide(line.codePointAt(place));
    }

    private static int withoutSpace(String line, int start, int end) {
        int last = end;
        while (last > start && Character.isWhitespace(line.charAt(last - 1))) {
            last--;
        }
        return last;
    }

    /** In columns, without the blanks at its end. */
    private static int width(String line, int start, int end) {
        int width = 0;
        int last = withoutSpace(line, start, end);
        for (int i = start; i < last; ) {
            int point = line.codePointAt(i);
            width += isWide(point) ? 2 : isMark(point) ? 0 : 1;
            i += Character.charCount(point);
        }
        return width;
    }

    private static boolean isWide(int point) {
        for (int i = 0; i < WIDE.length && point >= WIDE[i]; i += 2) {
            if (point <= WIDE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(int point) {
        int type = Character.getType(point);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }
}
