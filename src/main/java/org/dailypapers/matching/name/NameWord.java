package org.dailypapers.matching.name;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.dailypapers.matching.word.Analysis;

/** A word of a name: its pieces between hyphens, at least one; apostrophes are gone, dots end a word. */
record NameWord(List<Piece> pieces) {

    private static final Pattern APOSTROPHES =
            Pattern.compile("['`\\u00b4\\u02b9\\u02bb\\u02bc\\u2018\\u2019\\u2032\\uff07]");

    /** Words that belong to the family's name where they stand before it. */
    private static final Set<String> PARTICLES = Set.of(
            "af", "al", "bin", "da", "dal", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du",
            "el", "ibn", "la", "las", "le", "los", "op", "te", "ten", "ter", "van", "vom", "von", "zu", "zum", "zur");

    /** The particles that are hardly ever a given or family name of their own. */
    private static final Set<String> PURE_PARTICLES = Set.of(
            "das", "de", "del", "della", "den", "der", "des", "dos", "ibn", "ter", "van", "vom", "von", "zu", "zum",
            "zur");

    /**
     * Letters as they are written and their two folded spellings, equal unless there is an umlaut or its like.
     *
     * @param plain without accents: {@code ü} is u
     * @param digraph {@code ü} is ue, {@code å} is aa
     */
    record Piece(String raw, String plain, String digraph) {

        static Piece of(String raw) {
            String lower = raw.toLowerCase(Locale.ROOT);
            String spelled = lower.replace("ä", "ae")
                    .replace("ö", "oe")
                    .replace("ü", "ue")
                    .replace("ø", "oe")
                    .replace("å", "aa");
            String plain = fold(raw);
            return new Piece(raw, plain, spelled.equals(lower) ? plain : fold(spelled));
        }

        private static String fold(String text) {
            String open = Normalizer.normalize(text, Normalizer.Form.NFD);
            return Normalizer.normalize(String.join("", Analysis.words(Analysis.NAMES, open)), Normalizer.Form.NFC);
        }

        private boolean isParticle() {
            return PARTICLES.contains(plain);
        }
    }

    /** The words between commas: one list where there is no comma, none where there is no word. */
    static List<List<NameWord>> sections(String name) {
        var cut = new Cut();
        Normalizer.normalize(APOSTROPHES.matcher(name).replaceAll(""), Normalizer.Form.NFKC)
                .codePoints()
                .forEach(cut::take);
        return cut.sections();
    }

    private static final class Cut {
        private final List<List<NameWord>> sections = new ArrayList<>();
        private List<NameWord> section = new ArrayList<>();
        private List<Piece> word = new ArrayList<>();
        private final StringBuilder piece = new StringBuilder();

        void take(int letter) {
            switch (Character.getType(letter)) {
                case Character.UPPERCASE_LETTER,
                        Character.LOWERCASE_LETTER,
                        Character.TITLECASE_LETTER,
                        Character.MODIFIER_LETTER,
                        Character.OTHER_LETTER,
                        Character.NON_SPACING_MARK,
                        Character.COMBINING_SPACING_MARK,
                        Character.DECIMAL_DIGIT_NUMBER -> piece.appendCodePoint(letter);
                case Character.FORMAT -> {}
                case Character.DASH_PUNCTUATION -> endPiece();
                default -> {
                    endWord();
                    if (letter == ',') {
                        endSection();
                    }
                }
            }
        }

        private void endPiece() {
            Piece ended = Piece.of(piece.toString());
            if (!ended.plain().isEmpty()) {
                word.add(ended);
            }
            piece.setLength(0);
        }

        private void endWord() {
            endPiece();
            if (!word.isEmpty()) {
                section.add(new NameWord(List.copyOf(word)));
                word = new ArrayList<>();
            }
        }

        private void endSection() {
            if (!section.isEmpty()) {
                sections.add(section);
                section = new ArrayList<>();
            }
        }

        List<List<NameWord>> sections() {
            endWord();
            endSection();
            return sections;
        }
    }

    boolean isParticle() {
        return pieces.size() == 1 && pieces.getFirst().isParticle();
    }

    boolean isPureParticle() {
        return pieces.size() == 1 && PURE_PARTICLES.contains(pieces.getFirst().plain());
    }

    /** Begins with a particle that a hyphen ties to more: {@code al} of Al-Nouby. */
    boolean beginsWithParticle() {
        return pieces.getFirst().isParticle();
    }

    boolean hasUpperCase() {
        return pieces.stream().anyMatch(piece -> piece.raw().codePoints().anyMatch(c -> Character.toLowerCase(c) != c));
    }

    boolean hasLowerCase() {
        return pieces.stream().anyMatch(piece -> piece.raw().codePoints().anyMatch(c -> Character.toUpperCase(c) != c));
    }

    /** All letters of the word, folded, without its hyphens. */
    String plain() {
        return String.join("", pieces.stream().map(Piece::plain).toList());
    }
}
