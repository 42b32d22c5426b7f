package org.dailypapers.source.http;

import java.time.Duration;

/**
 * How a source is asked.
 *
 * @param connect how long a connection may take
 * @param head how long the head of an answer may take, from the request
 * @param whole how long an answer may take, head and body
 * @param largest bytes of an answer's body, as they come and unpacked
 * @param strict whether a 429 is never answered by another try, and a 403 means that the operator has to act
 * @param pace when it may be asked
 */
public record Manners(Duration connect, Duration head, Duration whole, int largest, boolean strict, Pace pace) {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int LARGEST = 20 << 20;

    /** Of a source that answers within that time, is patient and wants no rest. */
    public static Manners within(Duration answer) {
        return new Manners(CONNECT, answer, answer, LARGEST, false, Pace.FREE);
    }
}
