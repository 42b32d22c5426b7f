package org.dailypapers.interest;

import org.dailypapers.language.Said;

/**
 * Why a line cannot be read, and where.
 *
 * @param line what was typed
 * @param position of the fault, in UTF-16 units from 0
 * @param fault one sentence for the person who typed it
 */
public record InterestError(String line, int position, Said fault) implements Parsed {

    /** The reason in English. */
    public String reason() {
        return fault.english();
    }

    /** The reason with its place, for a terminal. */
    public String message() {
        return reason() + " (at character " + (position + 1) + ")";
    }

    /** The reason with its place, for a page. */
    public Said said() {
        return Said.of("atCharacter", message(), fault, position + 1);
    }
}
