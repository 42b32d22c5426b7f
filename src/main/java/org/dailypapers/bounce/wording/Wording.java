package org.dailypapers.bounce.wording;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which words give which reason: {@code wording.txt}, whose head says how it is read. */
public final class Wording {

    /** Of what a report says of one recipient; more is boilerplate. */
    private static final int LONGEST = 4_000;

    /** Between the two sides of a gap, within a sentence. */
    private static final int GAP = 60;

    private static final String NAME = "<address>";

    /** What a page is called says nothing of this letter. */
    private static final Pattern LINK = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    /** Of Latin letters alone: elsewhere they make another letter. */
    private static final Pattern MARKS = Pattern.compile("(?<=\\p{IsLatin})\\p{InCombiningDiacriticalMarks}+");

    /** RFC 5321 §4.5.3.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST_DOMAIN = 255;

    /** A phrase: what lies between its gaps. */
    private record Phrase(Reason reason, String[] pieces) {}

    /** By their first two characters. */
    private static final Map<Integer, List<Phrase>> TABLE = table();

    private Wording() {}

    /** Words as they are compared: small letters without accents, one blank between them, no addresses, no links. */
    public static String plain(String words) {
        String text = words.length() > LONGEST ? words.substring(0, LONGEST) : words;
        text = text.contains("://") ? LINK.matcher(text).replaceAll(" ") : text;
        text = withoutAddresses(text);
        if (!text.chars().allMatch(c -> c < 0x80)) {
            text = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                    .replaceAll("");
            text = Normalizer.normalize(text, Normalizer.Form.NFC);
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c =
                    switch (text.charAt(i)) {
                        case '’', '‘', '`', '´' -> '\'';
                        case '“', '”' -> '"';
                        case '‐', '‑', '–', '—' -> '-';
                        default -> text.charAt(i);
                    };
            boolean blank = c <= ' ' || c == 0x7f || c == 0xa0 || Character.isWhitespace(c);
            if (!blank) {
                plain.append(c);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != ' ') {
                plain.append(' ');
            }
        }
        return plain.toString().strip().toLowerCase(Locale.ROOT);
    }

    private static String withoutAddresses(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            return text;
        }
        var without = new StringBuilder(text.length());
        int from = 0;
        for (; at >= 0; at = text.indexOf('@', at + 1)) {
            int begin = at;
            while (begin > from && at - begin < LONGEST_LOCAL_PART && isAtom(text.charAt(begin - 1))) {
                begin--;
            }
            int end = at + 1;
            while (end < text.length() && end - at <= LONGEST_DOMAIN && isAtom(text.charAt(end))) {
                end++;
            }
            if (begin < at && end > at + 1) {
                boolean angles =
                        begin > from && text.charAt(begin - 1) == '<' && end < text.length() && text.charAt(end) == '>';
                // A full stop ends the sentence.
                boolean stop = !angles && text.charAt(end - 1) == '.';
                without.append(text, from, angles ? begin - 1 : begin)
                        .append(NAME)
                        .append(stop ? "." : "");
                from = angles ? end + 1 : end;
                at = end - 1;
            }
        }
        return without.append(text, from, text.length()).toString();
    }

    private static boolean isAtom(char c) {
        return c > ' ' && "<>()[]\",;:@".indexOf(c) < 0;
    }

    /** All reasons that plain words give, the one that counts first. */
    public static Set<Reason> reasons(String plain) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        for (int i = 0; i + 1 < plain.length(); i++) {
            List<Phrase> phrases = TABLE.get(key(plain, i));
            if (phrases != null && beginsWord(plain, i)) {
                for (Phrase phrase : phrases) {
                    if (!reasons.contains(phrase.reason()) && stands(plain, i, phrase.pieces())) {
                        reasons.add(phrase.reason());
                    }
                }
            }
        }
        return reasons;
    }

    private static boolean stands(String plain, int from, String[] pieces) {
        if (!plain.startsWith(pieces[0], from)) {
            return false;
        }
        int at = from + pieces[0].length();
        for (int i = 1; i < pieces.length; i++) {
            int next = plain.indexOf(pieces[i], at);
            if (next < 0 || next - at > GAP || plain.substring(at, next).contains(". ")) {
                return false;
            }
            at = next + pieces[i].length();
        }
        return true;
    }

    // Japanese and Chinese put no blanks between words.
    private static boolean beginsWord(String plain, int at) {
        if (at == 0 || !Character.isLetterOrDigit(plain.charAt(at))) {
            return true;
        }
        char before = plain.charAt(at - 1);
        return !Character.isLetterOrDigit(before) || plain.charAt(at) >= 0x250 || before >= 0x2e80;
    }

    private static int key(String text, int at) {
        return text.charAt(at) << 16 | text.charAt(at + 1);
    }

    private static Map<Integer, List<Phrase>> table() {
        var table = new HashMap<Integer, List<Phrase>>();
        try (InputStream in = Objects.requireNonNull(Wording.class.getResourceAsStream("wording.txt"));
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Reason reason = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[") && line.endsWith("]")) {
                    reason = Reason.valueOf(line.substring(1, line.length() - 1));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    String[] pieces = line.strip().split(" ?\\* ?");
                    table.computeIfAbsent(key(pieces[0], 0), k -> new ArrayList<>(2))
                            .add(new Phrase(Objects.requireNonNull(reason), pieces));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }
}
