/**
 * Which papers fit a profile, how well and why; and search over all papers.
 *
 * <p>The papers are indexed, not the readers: each distinct interest is asked once of the index of the editions in
 * question, and what each of a reader's interests found is added up. Knows neither people nor mail.
 */
@NullMarked
package org.dailypapers.matching;

import org.jspecify.annotations.NullMarked;
