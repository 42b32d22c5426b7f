package org.dailypapers.digest.rules;

import java.time.LocalDate;

/**
 * A digest without its papers: the editions of (from, to] that it covers.
 *
 * @param localDate the date of its letter, where its reader lives
 */
public record DigestRange(DigestKind kind, LocalDate from, LocalDate to, LocalDate localDate) {}
