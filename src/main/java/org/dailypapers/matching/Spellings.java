package org.dailypapers.matching;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways to write what is one thing: words that begin with certain syllables, as finetuning, fine-tuning and fine
 * tuning; a number and the letters beside it, as GPT4, GPT-4 and GPT 4; a single letter and its word, as kNN and k-NN.
 * A form of two words, as bases, has both.
 */
final class Spellings {

    private static final List<String> SYLLABLES = List.of(
            "multi", "pre", "post", "fine", "auto", "semi", "non", "meta", "inter", "intra", "hyper", "super", "micro",
            "macro", "cross");

    private static final String DASH = "[-\\u2010-\\u2015\\u2212]";

    /** A seam: what parts the two sides, if anything does. */
    private static final Pattern SEAM =
            Pattern.compile("(?<=\\b(?i:" + String.join("|", SYLLABLES) + "))(?:" + DASH + "| )?(?=\\p{L}{4})"
                    + "|(?<=\\p{L})(?:" + DASH + "|[ _/])?(?=\\d)"
                    + "|(?<=\\d)(?:" + DASH + "|[ _/])?(?=\\p{L})"
                    + "|(?<=\\b\\p{L})" + DASH + "(?=\\p{L}{2})"
                    + "|(?<=\\b\\p{Ll}) ?(?=\\p{Lu}{2})");

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    /** Of so many seams each may be open or closed by itself; of more all are. */
    private static final int MOST_SEAMS = 4;

    private Spellings() {}

    /** The text itself first, then its other spellings. */
    static List<String> of(String text) {
        return withForms(mayHaveSeam(text) ? seamed(text) : List.of(text));
    }

    /** Most texts have none, and this costs a tenth of looking for the pattern. */
    private static boolean mayHaveSeam(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isDigit(c)
                    || c == '-'
                    || Character.getType(c) == Character.DASH_PUNCTUATION
                    || i > 0
                            && Character.isUpperCase(c)
                            && i + 1 < text.length()
                            && Character.isUpperCase(text.charAt(i + 1))) {
                return true;
            }
        }
        String small = text.toLowerCase(Locale.ROOT);
        for (String syllable : SYLLABLES) {
            if (small.contains(syllable)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> seamed(String text) {
        var sides = new ArrayList<String>();
        Matcher seam = SEAM.matcher(text);
        int start = 0;
        while (seam.find()) {
            sides.add(text.substring(start, seam.start()));
            start = seam.end();
        }
        sides.add(text.substring(start));
        int seams = sides.size() - 1;
        var spellings = new LinkedHashSet<>(List.of(text));
        for (int open = 0; open < 1 << Math.min(seams, MOST_SEAMS); open++) {
            var spelling = new StringBuilder(sides.getFirst());
            for (int i = 0; i < seams; i++) {
                boolean parted = seams > MOST_SEAMS ? open > 0 : (open >> i & 1) == 1;
                spelling.append(parted ? "-" : "").append(sides.get(i + 1));
            }
            spellings.add(spelling.toString());
        }
        return List.copyOf(spellings);
    }

    private static List<String> withForms(List<String> spellings) {
        var all = new LinkedHashSet<>(spellings);
        for (String spelling : spellings) {
            Matcher word = WORD.matcher(spelling);
            while (word.find()) {
                for (String other : IrregularForms.builtIn().others(word.group().toLowerCase(Locale.ROOT))) {
                    all.add(spelling.substring(0, word.start()) + other + spelling.substring(word.end()));
                }
            }
        }
        return List.copyOf(all);
    }
}
