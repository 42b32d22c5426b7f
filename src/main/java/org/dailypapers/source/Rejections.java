package org.dailypapers.source;

/** Takes note of records that a source lists and that cannot be used; the others go on. */
@FunctionalInterface
public interface Rejections {

    /**
     * One record was left out.
     *
     * @param source its name
     * @param reason in one line
     * @param excerpt of the record as it came, or where it stands
     */
    void note(String source, String reason, String excerpt);
}
