package org.dailypapers.outbox;

/**
 * Tells that a message came to its end; fired in the transaction that records it.
 *
 * @param kind of the message
 * @param reference of the row that it was made from
 * @param state how it ended
 */
public record DeliveryEnded(String kind, long reference, MessageState state) {}
