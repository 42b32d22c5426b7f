package org.dailypapers.matching;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The ways to write a word that begins with one of certain syllables: finetuning, fine-tuning, fine tuning. */
final class Spellings {

    private static final List<String> SYLLABLES = List.of(
            "multi", "pre", "post", "fine", "auto", "semi", "non", "meta", "inter", "intra", "hyper", "super", "micro",
            "macro", "cross");

    private static final String SYLLABLE = "\\b(" + String.join("|", SYLLABLES) + ")";
    private static final Pattern APART =
            Pattern.compile(SYLLABLE + "[-\\u2010-\\u2013 ](?=\\p{L}{4})", Pattern.CASE_INSENSITIVE);
    private static final Pattern JOINED = Pattern.compile(SYLLABLE + "(?=\\p{L}{4})", Pattern.CASE_INSENSITIVE);

    private Spellings() {}

    /** The text itself first, then with such words written in one, then in two. */
    static List<String> of(String text) {
        if (!holdsSyllable(text.toLowerCase(Locale.ROOT))) {
            return List.of(text);
        }
        return Stream.of(
                        text,
                        APART.matcher(text).replaceAll("$1"),
                        JOINED.matcher(text).replaceAll("$1-"))
                .distinct()
                .toList();
    }

    /** Most texts hold none, and this costs a tenth of looking for the patterns. */
    private static boolean holdsSyllable(String text) {
        for (String syllable : SYLLABLES) {
            if (text.contains(syllable)) {
                return true;
            }
        }
        return false;
    }
}
