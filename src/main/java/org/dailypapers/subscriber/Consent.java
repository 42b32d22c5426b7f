package org.dailypapers.subscriber;

/** What the person said; apart from whether mail can reach them. */
public enum Consent {
    /** Asked for on the form, not yet confirmed by the mailed link. */
    PENDING,
    CONFIRMED,
    WITHDRAWN
}
