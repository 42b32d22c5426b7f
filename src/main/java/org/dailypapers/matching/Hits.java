package org.dailypapers.matching;

/**
 * What one interest finds in an index.
 *
 * @param documents ascending document numbers
 * @param relevance for each of them how well it fits, above 0 and at most about 1
 */
record Hits(int[] documents, double[] relevance) {

    static final Hits NONE = new Hits(new int[0], new double[0]);
}
