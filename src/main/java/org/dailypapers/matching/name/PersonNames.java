package org.dailypapers.matching.name;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.matching.name.NameWord.Piece;

/**
 * Authors' names compared as bibliographies do: a name that is asked for is an author's where they share a term.
 *
 * <p>A term is a reading of the name: order, family, first given name, middle one.
 */
public final class PersonNames {

    private static final int LONGEST = 300;
    private static final int MOST_WORDS = 12;
    private static final int MOST_TERMS = 256;

    private static final Set<String> SUFFIXES = Set.of("jr", "sr", "ii", "iii", "iv", "phd", "md");
    private static final Set<String> COLLECTIVES = Set.of(
            "collaboration", "collaborations", "committee", "consortium", "group", "initiative", "project", "team");

    private PersonNames() {}

    /** The terms under which an author's name is indexed; none where it is but one word. */
    public static Set<String> indexed(String author) {
        return terms(sections(author), PersonName::indexed);
    }

    /**
     * The terms of which any one, present at an author, means that the asked name may be theirs.
     *
     * @return empty where the name lacks a family or a given part: one word, CJK without a space, {@code van Gogh}
     */
    public static Set<String> asked(String name) {
        List<List<NameWord>> sections = sections(name);
        return isFamilyAlone(sections) ? Set.of() : terms(sections, PersonName::asked);
    }

    private static Set<String> terms(List<List<NameWord>> sections, Function<PersonName, Stream<String>> side) {
        List<Piece> pieces = sections.stream()
                .flatMap(List::stream)
                .flatMap(word -> word.pieces().stream())
                .toList();
        if (pieces.stream().anyMatch(piece -> COLLECTIVES.contains(piece.plain()))) {
            return pieces.size() > 1 ? Set.of(collective(pieces)) : Set.of();
        }
        return NameReadings.of(sections).stream()
                .flatMap(side)
                .distinct()
                .limit(MOST_TERMS)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What stands behind the last article: of "A. Author for the LHCb Collaboration" the collaboration. */
    private static String collective(List<Piece> pieces) {
        List<String> words = pieces.stream().map(Piece::plain).toList();
        return "c/" + String.join("", words.subList(words.lastIndexOf("the") + 1, words.size()));
    }

    private static boolean isFamilyAlone(List<List<NameWord>> sections) {
        return sections.size() == 1
                && sections.getFirst().stream()
                        .limit(sections.getFirst().size() - 1)
                        .allMatch(NameWord::isPureParticle);
    }

    private static List<List<NameWord>> sections(String name) {
        if (name.length() > LONGEST) {
            return List.of();
        }
        List<List<NameWord>> sections = NameWord.sections(name);
        return size(sections) > MOST_WORDS ? List.of() : withoutSuffixes(sections);
    }

    private static int size(List<List<NameWord>> sections) {
        return sections.stream().mapToInt(List::size).sum();
    }

    /** A name of two words keeps them both: Alam, MD. */
    private static List<List<NameWord>> withoutSuffixes(List<List<NameWord>> sections) {
        List<List<NameWord>> left = new ArrayList<>(sections);
        for (int i = left.size() - 1; i > 0; i--) {
            if (isSuffix(left.get(i)) && size(left) - left.get(i).size() > 1) {
                left.remove(i);
            }
        }
        for (int i = 0; i < left.size(); i++) {
            for (int width = 2; width > 0; width--) {
                List<NameWord> words = left.get(i);
                int rest = words.size() - width;
                if (rest > 0
                        && size(left) - width > 1
                        && isSuffix(words.subList(rest, words.size()))
                        && (width == 1
                                || words.getLast().plain().equals("d")
                                        && words.get(rest).plain().equals("ph"))) {
                    left.set(i, words.subList(0, rest));
                }
            }
        }
        return left;
    }

    private static boolean isSuffix(List<NameWord> words) {
        return SUFFIXES.contains(
                String.join("", words.stream().map(NameWord::plain).toList()));
    }
}
