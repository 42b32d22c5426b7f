package org.dailypapers.reputation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address went on the suppression list, or off it.
 *
 * @param hash the keyed hash that stands for the address
 * @param reason why it is on the list; none where it was taken off
 */
public record SuppressionChanged(String hash, @Nullable String reason, Instant at) {}
