package org.dailypapers.matching.name;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Shared terms against the rule itself, put to the parts that names were made of. */
class PersonNamesOracleTest {

    private static final List<String> GIVEN = List.of("Jun", "Wei", "Fei", "Junwei", "Feifei", "Wen", "Ju");
    private static final List<String> FAMILIES = List.of("Li", "Xue", "Xu", "Cun", "LeCun", "Maaten");
    private static final List<String> UMLAUTS = List.of("Müller", "Mueller", "Muller");
    private static final List<String> PARTICLES = List.of("", "", "", "van der ", "Van Der ", "Le ", "le ");

    enum Order {
        GIVEN_FIRST,
        COMMA,
        FAMILY_FIRST,
        INITIALS_LAST
    }

    /**
     * A made name.
     *
     * @param pieces of the first given name, tied by hyphens; one of one letter is an initial
     * @param middle empty where there is none
     * @param point what follows an initial
     */
    record Made(Order order, String particle, String family, List<String> pieces, String middle, String point) {

        boolean isPossible() {
            return switch (order) {
                case GIVEN_FIRST, COMMA -> true;
                case FAMILY_FIRST ->
                    particle.isEmpty() && !UMLAUTS.contains(family) && !initial(pieces.getFirst()) && !initial(middle);
                case INITIALS_LAST ->
                    particle.isEmpty() && initial(pieces.getFirst()) && (middle.isEmpty() || initial(middle));
            };
        }

        @Override
        public String toString() {
            String given = dotted(String.join("-", pieces)) + dotted(middle);
            return switch (order) {
                case GIVEN_FIRST -> given.strip() + " " + particle + family;
                case COMMA -> particle + family + ", " + given.strip();
                case FAMILY_FIRST, INITIALS_LAST -> family + " " + given.strip();
            };
        }

        private String dotted(String word) {
            // Only two initials may be glued.
            boolean glued = initial(pieces.getFirst()) && initial(middle);
            return initial(word) ? word + (glued ? point : ". ") : word.isEmpty() ? "" : " " + word + " ";
        }

        /** The ways to understand the name as it is written. */
        List<Meant> meanings() {
            List<String> all = new ArrayList<>(pieces);
            if (!middle.isEmpty()) {
                all.add(middle);
            }
            String bare = family.toLowerCase(Locale.ROOT).replace("ü", "u").replace("mue", "mu");
            Set<String> families =
                    Set.copyOf(List.of(bare, particle.replace(" ", "").toLowerCase(Locale.ROOT) + bare));
            String first = String.join("", pieces).toLowerCase(Locale.ROOT);
            return switch (order) {
                case COMMA -> List.of(new Meant(false, families, pieces, middle));
                case INITIALS_LAST -> List.of(new Meant(false, families, pieces, middle));
                case FAMILY_FIRST ->
                    List.of(
                            new Meant(true, families, all, ""),
                            middle.isEmpty()
                                    ? new Meant(false, Set.of(first), List.of(family), "")
                                    : new Meant(
                                            false,
                                            Set.of(middle.toLowerCase(Locale.ROOT)),
                                            List.of(family),
                                            pieces.getFirst()));
                case GIVEN_FIRST -> {
                    var meant = new Meant(false, families, pieces, middle);
                    if (initial(pieces.getFirst())
                            || initial(middle)
                            || particle.startsWith("van")
                            || particle.startsWith("le")) {
                        yield List.of(meant);
                    }
                    List<String> rest = new ArrayList<>(middle.isEmpty() ? List.of() : List.of(middle));
                    rest.addAll(
                            particle.isEmpty()
                                    ? List.of()
                                    : List.of(particle.strip().split(" ")));
                    rest.add(family);
                    yield rest.size() > 3 ? List.of(meant) : List.of(meant, new Meant(true, Set.of(first), rest, ""));
                }
            };
        }
    }

    record Meant(boolean turned, Set<String> families, List<String> pieces, String middle) {

        boolean mayBe(Meant other) {
            boolean turned = turned() || other.turned();
            boolean full = !initial(pieces.getFirst()) && !initial(other.pieces.getFirst());
            return (full || !turned)
                    && !Collections.disjoint(families, other.families)
                    && (equalAsWhole(other)
                            || equalInParts(other)
                            || isAbbreviated(other)
                            || other.isAbbreviated(this));
        }

        private boolean equalAsWhole(Meant other) {
            return wholes().stream().anyMatch(mine -> other.wholes().stream()
                    .anyMatch(theirs ->
                            mine.get(0).equalsIgnoreCase(theirs.get(0)) && compatible(mine.get(1), theirs.get(1))));
        }

        private List<List<String>> wholes() {
            if (initial(pieces.getFirst())) {
                return List.of();
            }
            String word = String.join("", pieces);
            return pieces.size() > 1 || middle.isEmpty() || initial(middle)
                    ? List.of(List.of(word, middle))
                    : List.of(List.of(word, middle), List.of(word + middle, ""));
        }

        private boolean equalInParts(Meant other) {
            boolean full = !initial(pieces.getFirst()) && !initial(other.pieces.getFirst());
            boolean torn =
                    pieces.size() > 1 && other.second().isEmpty() || other.pieces.size() > 1 && second().isEmpty();
            return compatible(pieces.getFirst(), other.pieces.getFirst())
                    && compatible(second(), other.second())
                    && !(full && torn);
        }

        private String second() {
            return pieces.size() > 1 ? pieces.get(1) : middle;
        }

        /** Jean-Pierre L. is J. L. */
        private boolean isAbbreviated(Meant other) {
            return pieces.size() > 1
                    && !middle.isEmpty()
                    && initial(other.pieces.getFirst())
                    && compatible(pieces.getFirst(), other.pieces.getFirst())
                    && compatible(middle, other.middle);
        }
    }

    private static boolean initial(String word) {
        return word.length() == 1;
    }

    private static boolean compatible(String one, String other) {
        return one.isEmpty()
                || other.isEmpty()
                || (initial(one) || initial(other) ? one.charAt(0) == other.charAt(0) : one.equalsIgnoreCase(other));
    }

    @Provide
    Arbitrary<Made> names() {
        Arbitrary<String> word = Arbitraries.of(GIVEN);
        Arbitrary<String> initial = word.map(w -> w.substring(0, 1));
        Arbitrary<List<String>> first = Arbitraries.oneOf(
                word.list().ofSize(1), word.list().ofSize(2), initial.list().ofSize(1));
        Arbitrary<String> middle = Arbitraries.oneOf(Arbitraries.just(""), word, initial);
        Arbitrary<String> family = Arbitraries.oneOf(Arbitraries.of(FAMILIES), Arbitraries.of(UMLAUTS));
        return Combinators.combine(
                        Arbitraries.of(Order.class),
                        Arbitraries.of(PARTICLES),
                        family,
                        first,
                        middle,
                        Arbitraries.of("", ".", ". ", ".-", "-"))
                .as(Made::new)
                .filter(Made::isPossible);
    }

    /** Pairs that differ in some parts only, so that about half of them are the same. */
    @Provide
    Arbitrary<List<Made>> pairs() {
        return Combinators.combine(
                        names(),
                        names(),
                        Arbitraries.of(true, true, true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as((one, other, family, first, middle) -> List.of(
                        one,
                        new Made(
                                other.order,
                                other.particle,
                                family ? one.family : other.family,
                                first ? one.pieces : other.pieces,
                                middle ? one.middle : other.middle,
                                other.point)))
                .filter(pair -> pair.getLast().isPossible());
    }

    @Property(tries = 20_000, seed = "20240607")
    void sharedTermsAreTheRule(@ForAll("pairs") List<Made> pair) {
        Made one = pair.getFirst();
        Made other = pair.getLast();
        boolean same = one.meanings().stream()
                .anyMatch(mine -> other.meanings().stream().anyMatch(mine::mayBe));
        Statistics.collect(same ? "the same" : "different");
        assertEquals(same, shared(one, other), one + " asked, " + other + " indexed");
        assertEquals(same, shared(other, one), other + " asked, " + one + " indexed");
    }

    @Property(tries = 5_000, seed = "20240607")
    void aNameIsItself(@ForAll("names") Made name) {
        assertEquals(true, shared(name, name), name.toString());
    }

    private static boolean shared(Made asked, Made author) {
        return !Collections.disjoint(PersonNames.asked(asked.toString()), PersonNames.indexed(author.toString()));
    }
}
