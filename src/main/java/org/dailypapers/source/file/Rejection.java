package org.dailypapers.source.file;

/**
 * One record of a file that cannot be used; the others go on.
 *
 * @param place where it stands, as {@code line 3} or {@code record 17}
 * @param reason why, in one line
 */
public record Rejection(String place, String reason) {
    @Override
    public String toString() {
        return place + ": " + reason;
    }
}
