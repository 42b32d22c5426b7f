package org.dailypapers.matching.name;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dailypapers.matching.name.NameWord.Piece;
import org.dailypapers.matching.name.PersonName.Tie;

/**
 * The first and the middle given name as the words before or after a family's name tell them.
 *
 * @param middle {@link NamePart.Absent} where there is none
 */
record GivenNames(NamePart first, NamePart middle, Tie tie) {

    private static final NamePart NONE = new NamePart.Absent();
    private static final int MOST_GLUED = 3;

    /** Whether a whole name has letters of either case: it tells initials from words. */
    record Casing(boolean upper, boolean lower) {

        static Casing of(List<NameWord> words) {
            return new Casing(
                    words.stream().anyMatch(NameWord::hasUpperCase),
                    words.stream().anyMatch(NameWord::hasLowerCase));
        }

        /** One letter of an alphabet that has cases. */
        private static boolean isInitial(Piece piece) {
            return piece.raw().codePointCount(0, piece.raw().length()) == 1
                    && piece.raw().codePoints().allMatch(c -> Character.isUpperCase(c) || Character.isLowerCase(c));
        }

        /** Initials without dots between them, as of JS Park; but neither WEI LI nor Ng. */
        private boolean isGlued(Piece piece) {
            int length = piece.raw().codePointCount(0, piece.raw().length());
            if (length < 2 || length > MOST_GLUED) {
                return false;
            }
            boolean consonants = piece.plain().matches("[a-z&&[^aeiouy]]+");
            boolean capitals = piece.raw().codePoints().allMatch(Character::isUpperCase);
            return capitals ? lower || consonants : !upper && consonants;
        }

        boolean areInitials(NameWord word) {
            return word.pieces().stream().allMatch(piece -> isInitial(piece) || isGlued(piece));
        }

        static boolean isOneLetter(NameWord word) {
            return word.pieces().size() == 1 && isInitial(word.pieces().getFirst());
        }
    }

    /** The ways to read given names that are written like this; at least one where there is a word. */
    static List<GivenNames> of(List<NameWord> words, Casing casing) {
        List<List<Piece>> names = new ArrayList<>();
        for (NameWord word : words) {
            if (casing.areInitials(word)) {
                word.pieces().stream()
                        .flatMap(GivenNames::initials)
                        .forEach(letter -> names.add(List.of(new Piece(letter, letter, letter))));
            } else {
                names.add(word.pieces());
            }
        }
        return read(names);
    }

    private static Stream<String> initials(Piece piece) {
        // One letter may be folded to two: Þ to th.
        return piece.plain().codePoints().mapToObj(Character::toString).limit(Casing.isInitial(piece) ? 1 : MOST_GLUED);
    }

    /** The ways to read full given names that follow the family's: together they are as if hyphens tied them. */
    static List<GivenNames> tied(List<NameWord> words) {
        return read(
                List.of(words.stream().flatMap(word -> word.pieces().stream()).toList()));
    }

    private static List<GivenNames> read(List<List<Piece>> names) {
        if (names.isEmpty()) {
            return List.of();
        }
        List<Piece> first = names.getFirst();
        return first.size() > 1 ? hyphenated(first, middle(names, 1)) : separate(first.getFirst(), names);
    }

    private static List<GivenNames> hyphenated(List<Piece> pieces, NamePart middle) {
        NamePart first = part(pieces.get(0));
        List<GivenNames> ways = new ArrayList<>();
        ways.add(new GivenNames(first, part(pieces.get(1)), first instanceof NamePart.Full ? Tie.BOUND : Tie.FREE));
        if (pieces.stream().noneMatch(Casing::isInitial)) {
            ways.add(new GivenNames(NamePart.Full.of(pieces), middle, middle.equals(NONE) ? Tie.WHOLE : Tie.FREE));
        }
        return ways;
    }

    private static List<GivenNames> separate(Piece first, List<List<Piece>> names) {
        List<GivenNames> ways = new ArrayList<>();
        ways.add(new GivenNames(part(first), middle(names, 1), Tie.FREE));
        if (names.size() > 1 && names.get(1).size() == 1) {
            List<Piece> both = List.of(first, names.get(1).getFirst());
            if (both.stream().noneMatch(Casing::isInitial)) {
                ways.add(new GivenNames(NamePart.Full.of(both), middle(names, 2), Tie.WHOLE));
            }
        }
        return ways;
    }

    private static NamePart middle(List<List<Piece>> names, int index) {
        return index < names.size() ? part(names.get(index).getFirst()) : NONE;
    }

    private static NamePart part(Piece piece) {
        NamePart.Full full = NamePart.Full.of(List.of(piece));
        return Casing.isInitial(piece) ? new NamePart.Initial(full.letter()) : full;
    }
}
