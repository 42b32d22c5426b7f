package org.dailypapers.outbox;

import java.time.Instant;

/**
 * A queued message that a worker has leased.
 *
 * @param kind says which {@code Letters} makes it
 * @param reference of the row that it is made from
 * @param attempts how often it was tried
 * @param unknowns how often the line broke between the final dot and its reply
 * @param lease of the claim; a result counts only under it
 */
public record OutboundMessage(
        long id, String kind, long reference, int attempts, int unknowns, Instant expiresAt, long lease) {}
