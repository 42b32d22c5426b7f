package org.dailypapers.matching.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One reading of a written name.
 *
 * @param order which words are taken for the family's
 * @param families the spellings of the family's name, with its particles and without; at least one
 * @param middle the only middle name that counts: the first
 */
record PersonName(Order order, Set<String> families, NamePart first, NamePart middle, Tie tie) {

    /** Whether the words stand as they mostly do. */
    enum Order {
        /** The given names first, or the family's with a comma or initials after it. */
        USUAL("u"),
        /** The family's name first: Li Fei-Fei. Full given names only, or James Carzon were C. James too. */
        TURNED("t");

        final String mark;

        Order(String mark) {
            this.mark = mark;
        }
    }

    /** What holds the first given name and the middle one together. */
    enum Tie {
        /** Each stands for itself. */
        FREE,
        /** A hyphen: Jean of Jean-Pierre is not Jean alone, but J. may be Jean-Pierre. */
        BOUND,
        /** Several words or pieces read as one, which only the same whole word is. */
        WHOLE
    }

    /** The terms under which the reading is indexed. */
    Stream<String> indexed() {
        List<String> middles = new ArrayList<>(middle.indexed());
        if (!(middle instanceof NamePart.Absent)) {
            middles.add(NamePart.PRESENT);
        }
        return terms(order, first.indexed(), middles, NamePart.PRESENT);
    }

    /** The terms of the readings that may be the same person's. */
    Stream<String> asked() {
        List<String> middles = new ArrayList<>(middle.asked());
        middles.add(NamePart.ABSENT);
        return Stream.of(Order.values()).flatMap(other -> terms(other, first.asked(), middles, NamePart.ABSENT));
    }

    /** @param alone the key of a middle name by which a full first one is found, or finds, without it */
    private Stream<String> terms(Order other, List<String> firsts, List<String> middles, String alone) {
        boolean fullOnly = tie == Tie.WHOLE || order == Order.TURNED || other == Order.TURNED;
        List<String> givens = new ArrayList<>();
        for (String given : firsts) {
            boolean full = NamePart.isFull(given);
            for (String second : middles) {
                boolean torn = tie == Tie.BOUND && full && second.equals(alone);
                if ((full || !fullOnly) && !torn) {
                    givens.add(given + "/" + second);
                }
            }
        }
        return families.stream()
                .flatMap(family -> givens.stream().map(given -> other.mark + "/" + family + "/" + given));
    }
}
