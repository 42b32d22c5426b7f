package org.dailypapers.interest;

/** What a line of the language turned out to be. */
public sealed interface Parsed permits Interest, InterestError {}
