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

    /** Whether what the line finds sinks in the letter. */
    public boolean lessens() {
        return query instanceof Query.Like(String id, boolean less) && less;
    }

    /** Whether the line asks for what resembles a paper, whatever else it asks for. */
    public boolean likes() {
        return likes(query);
    }

    private static boolean likes(Query query) {
        return switch (query) {
            case Query.Like like -> !like.less();
            case Query.All all -> all.parts().stream().anyMatch(Interest::likes);
            case Query.Any any -> any.parts().stream().anyMatch(Interest::likes);
            case Query.Not not -> likes(not.inner());
            default -> false;
        };
    }

    /** Whether what the line finds depends on the text of a paper that it names. */
    public boolean comparesPapers() {
        return likes() || lessens();
    }

    /** The line that asks for what resembles a paper. */
    public static String likeLine(String id) {
        return "like:" + quoted(id);
    }

    /** The line by which what resembles a paper sinks. */
    public static String lessLine(String id) {
        return "less:" + quoted(id);
    }

    private static String quoted(String id) {
        return id.chars().allMatch(c -> Character.isLetterOrDigit(c) || "./:-_".indexOf(c) >= 0)
                ? id
                : '"' + id.replace("\"", "") + '"';
    }

    /** The line that asks for a topic. */
    public static String topicLine(String slug) {
        return "topic:" + slug;
    }

    /** The line that asks for an author. */
    public static String authorLine(String name) {
        return "author:\"" + name.replace("\"", "") + "\"";
    }
}
