package org.dailypapers.matching.name;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A given name as far as it is known; one shared key of {@link #indexed} and {@link #asked} makes two compatible. */
sealed interface NamePart {

    /** The key of a part that is not there. */
    String ABSENT = "-";

    /** The key of a part that is there, whatever it is. */
    String PRESENT = "+";

    /** A whole word, in all its folded spellings; at least one. */
    record Full(Set<String> spellings) implements NamePart {

        static Full of(List<NameWord.Piece> pieces) {
            var spellings = new LinkedHashSet<String>();
            spellings.add(
                    String.join("", pieces.stream().map(NameWord.Piece::plain).toList()));
            spellings.add(
                    String.join("", pieces.stream().map(NameWord.Piece::digraph).toList()));
            return new Full(spellings);
        }

        String letter() {
            String word = spellings.iterator().next();
            return word.substring(0, word.offsetByCodePoints(0, 1));
        }
    }

    /** The first letter, folded. */
    record Initial(String letter) implements NamePart {}

    /** Nothing said. */
    record Absent() implements NamePart {}

    /** The keys under which the part is indexed: of a full one its words and its letter's class. */
    default List<String> indexed() {
        return switch (this) {
            case Full full -> keys(full, beginsWith(full.letter()));
            case Initial(String letter) -> List.of(only(letter));
            case Absent() -> List.of(ABSENT);
        };
    }

    /** The keys that a compatible part may be indexed under. */
    default List<String> asked() {
        return switch (this) {
            case Full full -> keys(full, only(full.letter()));
            case Initial(String letter) -> List.of(beginsWith(letter), only(letter));
            case Absent() -> List.of(PRESENT);
        };
    }

    private static List<String> keys(Full full, String more) {
        List<String> keys = new ArrayList<>();
        full.spellings().forEach(word -> keys.add("=" + word));
        keys.add(more);
        return keys;
    }

    private static String beginsWith(String letter) {
        return "~" + letter;
    }

    private static String only(String letter) {
        return letter + ".";
    }

    /** The key of a whole word, not of a letter. */
    static boolean isFull(String key) {
        return key.startsWith("=");
    }
}
