package org.dailypapers.delivery;

import java.util.Optional;
import org.dailypapers.delivery.ClaimedMessages.Claimed;
import org.dailypapers.reputation.SuppressionList;

/**
 * A message just before its letter is composed.
 *
 * @param found empty where the letter is no longer wanted
 * @param failure of the look; null where there was none
 */
record Upcoming(Claimed claimed, Optional<Found> found, RuntimeException failure) {

    /** A letter to be composed and how its recipient stands. */
    record Found(Draft draft, SuppressionList.Standing standing) {}
}
