package org.dailypapers.smtp;

/**
 * How fast letters are handed to a relay.
 *
 * @param connections kept open at once, at most
 * @param messages that one connection carries before it is opened anew
 * @param perSecond letters a second over all connections; infinite where it does not matter
 */
public record Pace(int connections, int messages, double perSecond) {

    /** So many connections, and nothing else to heed. */
    public static Pace of(int connections) {
        return new Pace(connections, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);
    }
}
