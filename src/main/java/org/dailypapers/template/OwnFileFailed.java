package org.dailypapers.template;

/** An own file that had stood every trial failed at a real letter or page, and the built-in one took its place. */
public record OwnFileFailed(Fault fault) {}
