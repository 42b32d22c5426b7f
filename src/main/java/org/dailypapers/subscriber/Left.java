package org.dailypapers.subscriber;

/** Somebody left, or was erased while they were a reader; fired in the transaction that records it. */
public record Left(long subscriberId) {}
