package org.dailypapers.subscriber.file;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator says beside a list.
 *
 * @param dryRun whether nothing is to be changed
 * @param since when those said yes whose list has no dates; empty where that is not known, and they are pending
 * @param leaversKnown whether whoever left is told elsewhere, or nobody did, where a list does not say it
 * @param allLeft whether the list is one of people who left
 * @param left the mailboxes in the lists of people who left, which later lists bring in by no date; filled while those
 *     are read
 */
public record ImportWishes(
        boolean dryRun, Optional<LocalDate> since, boolean leaversKnown, boolean allLeft, Set<String> left) {

    /** Those of a run in which no list was read yet. */
    public static ImportWishes of(boolean dryRun, Optional<LocalDate> since, boolean leaversKnown) {
        return new ImportWishes(dryRun, since, leaversKnown, false, new HashSet<>());
    }

    /** The same for a list of people who left. */
    public ImportWishes ofLeavers() {
        return new ImportWishes(dryRun, Optional.empty(), true, true, left);
    }

    /** None. */
    public static final ImportWishes NONE = new ImportWishes(false, Optional.empty(), false, false, Set.of());
}
