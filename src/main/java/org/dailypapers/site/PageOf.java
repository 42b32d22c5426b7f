package org.dailypapers.site;

import org.dailypapers.site.answer.Refused;

/**
 * One of the pages of a list.
 *
 * @param number from 1
 * @param before address of the page before; null where there is none
 * @param after address of the page after; null where there is none
 */
public record PageOf(int number, int pages, String before, String after) {

    /** Whether there are others. */
    public boolean several() {
        return pages > 1;
    }

    /** That page of so many, whose addresses end with its number. */
    static PageOf of(int number, int pages, String address) {
        return new PageOf(
                number,
                pages,
                number > 1 ? address + (number - 1) : null,
                number < pages ? address + (number + 1) : null);
    }

    /** The number that somebody typed; 1 where nobody did. */
    static int number(String typed, int most) {
        if (typed == null) {
            return 1;
        }
        if (typed.matches("[1-9][0-9]{0,6}") && Integer.parseInt(typed) <= most) {
            return Integer.parseInt(typed);
        }
        throw new Refused(say -> most < Integer.MAX_VALUE ? say.pagesNumberedTo(most) : say.pagesNumbered());
    }
}
