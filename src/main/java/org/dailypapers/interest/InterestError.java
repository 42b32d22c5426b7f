package org.dailypapers.interest;

/**
 * Why a line cannot be read, and where.
 *
 * @param line what was typed
 * @param position of the fault, in UTF-16 units from 0
 * @param reason one sentence for the person who typed it
 */
public record InterestError(String line, int position, String reason) implements Parsed {

    /** The reason with its place, for a page or a terminal. */
    public String message() {
        return reason + " (at character " + (position + 1) + ")";
    }
}
