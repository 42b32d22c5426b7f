package org.dailypapers.matching.name;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dailypapers.matching.name.GivenNames.Casing;
import org.dailypapers.matching.name.NameWord.Piece;
import org.dailypapers.matching.name.PersonName.Order;

/** Which words of a name are the family's and which are given, in each way that they may be read. */
final class NameReadings {

    private static final int MOST_TURNED_WORDS = 4;

    /** An umlaut or its like written as two letters; words shorter than {@link #SHORTEST_DIGRAPH} keep them: Xue. */
    private static final Pattern DIGRAPH = Pattern.compile("(?<![aeiouq])([aou])e(?=.)|(a)a(?=.)");

    private static final int SHORTEST_DIGRAPH = 6;

    private NameReadings() {}

    /** All of them, the likeliest first; none where there are fewer than two words. */
    static List<PersonName> of(List<List<NameWord>> sections) {
        List<NameWord> words = sections.stream().flatMap(List::stream).toList();
        if (words.size() < 2) {
            return List.of();
        }
        Casing casing = Casing.of(words);
        return sections.size() == 1 ? unmarked(words, casing) : withComma(sections, casing);
    }

    private static List<PersonName> withComma(List<List<NameWord>> sections, Casing casing) {
        List<NameWord> given =
                new ArrayList<>(sections.stream().skip(1).flatMap(List::stream).toList());
        List<NameWord> family = new ArrayList<>(sections.getFirst());
        while (given.size() > 1
                && given.getLast().isPureParticle()
                && !given.getLast().hasUpperCase()) {
            family.addFirst(given.removeLast());
        }
        List<PersonName> readings = new ArrayList<>(usual(family, given, casing));
        if (family.stream().filter(word -> !word.isParticle()).count() > 1) {
            readings.addAll(
                    givenFirst(Stream.concat(given.stream(), family.stream()).toList(), casing));
        }
        return readings;
    }

    private static List<PersonName> unmarked(List<NameWord> words, Casing casing) {
        boolean initialsLast = casing.areInitials(words.getLast()) && !casing.areInitials(words.getFirst());
        List<PersonName> readings = new ArrayList<>();
        // Weinan E has a family's name of one letter, Li J W has none.
        if (!initialsLast || words.size() == 2 || !Casing.isOneLetter(words.getLast())) {
            readings.addAll(givenFirst(words, casing));
        }
        if (initialsLast) {
            leadingFamilies(words)
                    .forEach(end -> readings.addAll(read(
                            Order.USUAL,
                            families(words.subList(0, end)),
                            GivenNames.of(words.subList(end, words.size()), casing))));
        } else if (isTurnable(words, casing)) {
            leadingFamilies(words)
                    .forEach(end -> readings.addAll(read(
                            Order.TURNED,
                            turnedFamilies(words.subList(0, end)),
                            GivenNames.tied(words.subList(end, words.size())))));
        }
        return readings;
    }

    private static List<PersonName> givenFirst(List<NameWord> words, Casing casing) {
        int last = words.size() - 1;
        int start = last;
        while (start > 1 && words.get(start - 1).isParticle()) {
            start--;
        }
        int before = start;
        List<NameWord> given = IntStream.range(0, before)
                .mapToObj(words::get)
                .filter(word -> word == words.getFirst() || !isPlainlyParticle(word, casing))
                .toList();
        List<PersonName> readings = new ArrayList<>(usual(words.subList(before, last + 1), given, casing));
        IntStream.range(1, before)
                .filter(i -> words.get(i).isParticle() && !words.get(i).hasUpperCase())
                .limit(1)
                .forEach(i -> readings.addAll(usual(words.subList(i, last + 1), words.subList(0, i), casing)));
        return readings;
    }

    private static List<PersonName> usual(List<NameWord> family, List<NameWord> given, Casing casing) {
        return read(Order.USUAL, families(family), GivenNames.of(given, casing));
    }

    private static List<PersonName> read(Order order, Set<String> families, List<GivenNames> ways) {
        return ways.stream()
                .map(way -> new PersonName(order, families, way.first(), way.middle(), way.tie()))
                .toList();
    }

    /** In small letters, where others are not. */
    private static boolean isPlainlyParticle(NameWord word, Casing casing) {
        return word.isParticle() && casing.upper() && !word.hasUpperCase();
    }

    private static boolean isTurnable(List<NameWord> words, Casing casing) {
        return words.size() <= MOST_TURNED_WORDS
                && !Casing.isOneLetter(words.getFirst())
                && words.stream()
                        .skip(1)
                        .limit(words.size() - 2L)
                        .noneMatch(word -> casing.areInitials(word) || isPlainlyParticle(word, casing));
    }

    /** Where the family's name may end that a name begins with: Le Cun Yann, Le Quoc Viet. */
    private static List<Integer> leadingFamilies(List<NameWord> words) {
        int particles = 0;
        while (particles < words.size() && words.get(particles).isParticle()) {
            particles++;
        }
        return particles == 0 || particles + 1 >= words.size() ? List.of(1) : List.of(1, particles + 1);
    }

    /** The family's name with its particles and without, umlauts and digraphs in all their spellings. */
    private static Set<String> families(List<NameWord> words) {
        List<Piece> pieces = pieces(words);
        int particles = 0;
        while (particles < words.size() - 1 && words.get(particles).isParticle()) {
            particles++;
        }
        NameWord first = words.get(particles);
        if (first.pieces().size() > 1 && first.beginsWithParticle()) {
            particles++;
        }
        Set<String> families = new LinkedHashSet<>();
        for (List<Piece> part : List.of(pieces, pieces.subList(particles, pieces.size()))) {
            families.addAll(NamePart.Full.of(part).spellings());
        }
        List.copyOf(families).forEach(family -> families.add(withoutDigraphs(family)));
        return families;
    }

    /** Fewer spellings, as the word may well be a given name: Michael is not Michal, nor Bin-Bin Bin. */
    private static Set<String> turnedFamilies(List<NameWord> words) {
        Set<String> families =
                new LinkedHashSet<>(NamePart.Full.of(pieces(words)).spellings());
        families.addAll(NamePart.Full.of(words.getLast().pieces()).spellings());
        return families;
    }

    private static List<Piece> pieces(List<NameWord> words) {
        return words.stream().flatMap(word -> word.pieces().stream()).toList();
    }

    private static String withoutDigraphs(String family) {
        return family.length() < SHORTEST_DIGRAPH
                ? family
                : DIGRAPH.matcher(family).replaceAll("$1$2");
    }
}
