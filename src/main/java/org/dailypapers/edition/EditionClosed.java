package org.dailypapers.edition;

import java.time.LocalDate;

/** An edition closed; fired in the transaction that closes it. */
public record EditionClosed(LocalDate date) {}
