package org.dailypapers.template;

/**
 * Why an own file is not used, or not wholly.
 *
 * @param file its name in the folder
 * @param line counted from 1; 0 where the whole file is meant
 */
public record Fault(String file, int line, String reason) {

    @Override
    public String toString() {
        return file + (line > 0 ? ", line " + line : "") + ": " + reason;
    }
}
