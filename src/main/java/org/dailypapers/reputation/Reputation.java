package org.dailypapers.reputation;

import jakarta.enterprise.context.ApplicationScoped;

/** What the mail system has taught, for whoever delivers. */
@ApplicationScoped
public class Reputation {

    private final SuppressionList suppressions;
    private final RefusalPolicy policy;
    private final Alarms alarms;
    private final DatabaseTrouble trouble;

    Reputation(SuppressionList suppressions, RefusalPolicy policy, Alarms alarms, DatabaseTrouble trouble) {
        this.suppressions = suppressions;
        this.policy = policy;
        this.alarms = alarms;
        this.trouble = trouble;
    }

    /** Who must not be written to. */
    public SuppressionList suppressions() {
        return suppressions;
    }

    /** What refusals mean for an address. */
    public RefusalPolicy policy() {
        return policy;
    }

    /** How the operator is told. */
    public Alarms alarms() {
        return alarms;
    }

    /** How a failing database is told of. */
    public DatabaseTrouble trouble() {
        return trouble;
    }
}
