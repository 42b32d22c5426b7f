package org.dailypapers.subscriber;

/** A subscriber is about to be erased; fired in the transaction that does so, while the rows are still there. */
public record Erased(long subscriberId) {}
