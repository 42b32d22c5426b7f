package org.dailypapers.reputation;

/**
 * Tells that somebody complained of a letter. Fired in the transaction that records it.
 *
 * @param kind of the message
 * @param reference of the row that it was made from
 */
public record Complained(String kind, long reference) {}
