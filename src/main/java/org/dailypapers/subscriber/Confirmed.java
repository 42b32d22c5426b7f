package org.dailypapers.subscriber;

/** Somebody confirmed a subscription; fired in the transaction that records it. */
public record Confirmed(Subscriber subscriber, boolean welcome) {}
