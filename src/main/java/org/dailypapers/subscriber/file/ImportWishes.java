package org.dailypapers.subscriber.file;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What the operator says beside a list.
 *
 * @param dryRun whether nothing is to be changed
 * @param since when those said yes whose list has no dates; empty where that is not known, and they are pending
 * @param leaversKnown whether whoever left is told elsewhere, or nobody did, where a list does not say it
 * @param allLeft whether the list is one of people who left
 */
public record ImportWishes(boolean dryRun, Optional<LocalDate> since, boolean leaversKnown, boolean allLeft) {

    /** The same for a list of people who left. */
    public ImportWishes ofLeavers() {
        return new ImportWishes(dryRun, Optional.empty(), true, true);
    }

    /** None. */
    public static final ImportWishes NONE = new ImportWishes(false, Optional.empty(), false, false);
}
