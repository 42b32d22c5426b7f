/**
 * Which papers fit a profile, how well and why; and search over all papers.
 *
 * <p>The papers are indexed, not the readers: each distinct interest is asked once of the index of the editions in
 * question, and a reader's letter is a merge of a few short lists. Knows neither people nor mail.
 */
package org.dailypapers.matching;
