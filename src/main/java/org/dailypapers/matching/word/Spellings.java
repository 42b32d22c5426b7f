package org.dailypapers.matching.word;

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
public final class Spellings {

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

    /** Of so many seams each may be open or closed by itself; of more all are. */
    private static final int MOST_SEAMS = 4;

    private Spellings() {}

    /** The text itself first, then its other spellings. */
    public static List<String> of(String text) {
        return withForms(mayHaveSeam(text) ? seamed(text) : List.of(text));
    }

    /** Most texts have none, and this costs a tenth of looking for the pattern. */
    private static boolean mayHaveSeam(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean first = i == 0 || !Character.isLetter(text.charAt(i - 1));
            if (Character.isDigit(c)
                    || first && i + 2 < text.length() && Character.isLetter(c) && maySeam(text, i + 1)) {
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

    /** Whether something other than a small letter follows a word's first letter: k-NN, kNN. */
    private static boolean maySeam(String text, int second) {
        return !Character.isLowerCase(text.charAt(second)) && !Character.isUpperCase(text.charAt(second - 1))
                || !Character.isLetter(text.charAt(second));
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
        IrregularForms forms = IrregularForms.builtIn();
        List<String> all = spellings;
        for (String spelling : spellings) {
            int end = 0;
            for (int start = 0; start < spelling.length(); start = end + 1) {
                end = start;
                while (end < spelling.length() && Character.isLetter(spelling.charAt(end))) {
                    end++;
                }
                for (String other : forms.others(spelling, start, end)) {
                    all = all == spellings ? new ArrayList<>(spellings) : all;
                    all.add(spelling.substring(0, start) + other + spelling.substring(end));
                }
            }
        }
        return all;
    }
}
