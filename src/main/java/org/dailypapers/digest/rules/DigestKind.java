package org.dailypapers.digest.rules;

/** Why a digest is composed. */
public enum DigestKind {
    SCHEDULED,
    /** At once after confirming. */
    WELCOME,
    /** By the operator's command. */
    MANUAL
}
