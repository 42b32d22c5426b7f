package org.dailypapers.reputation;

/**
 * Tells that letter after letter to one address ended softly: its mailbox is full, or its host in trouble. Fired in a
 * transaction of its own.
 *
 * @param kind of the last such message
 * @param reference of the row that it was made from
 */
public record MailboxUnreachable(String kind, long reference) {}
