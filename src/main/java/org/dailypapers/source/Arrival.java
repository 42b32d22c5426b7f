package org.dailypapers.source;

/** How arrivals join editions. */
public enum Arrival {
    /** News: a paper whose edition has closed joins the oldest open one. */
    LIVE,
    /** The past: a paper joins the edition of its date, which is closed and ranked at once. */
    HISTORY,
    /** What an instance begins with: the past in editions that were never lived through, and news in all others. */
    FIRST
}
