package org.dailypapers.subscriber.liking;

/** Whether a reader wants more or less of what resembles a paper. */
public enum Leaning {
    MORE,
    LESS
}
