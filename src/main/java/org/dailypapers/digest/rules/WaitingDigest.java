package org.dailypapers.digest.rules;

/**
 * A reader's digest that waits in the outbox.
 *
 * @param leased whether it is just being sent
 * @param perhapsSent whether nobody knows if the relay took it; it counts as sent when it is replaced
 */
public record WaitingDigest(DigestRange range, boolean leased, boolean perhapsSent) {}
