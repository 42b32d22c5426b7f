package org.dailypapers.interest;

/**
 * One thing that a reader asks for.
 *
 * @param line the line as typed, with outer white space removed
 * @param query what it finds
 * @param muted whether what it finds is kept out of the letter
 * @param weight how much a find counts, 0.1 to 10; 1 where the line says nothing
 */
public record Interest(String line, Query query, boolean muted, double weight) implements Parsed {

    /** The line that asks for a topic. */
    public static String topicLine(String slug) {
        return "topic:" + slug;
    }

    /** The line that asks for an author. */
    public static String authorLine(String name) {
        return "author:\"" + name.replace("\"", "") + "\"";
    }
}
