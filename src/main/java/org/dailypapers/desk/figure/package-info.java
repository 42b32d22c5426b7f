/**
 * What the desk counts: readers, letters, editions. Each figure is asked for by an index, or kept for a while and counted
 * anew beside the pages.
 */
@NullMarked
package org.dailypapers.desk.figure;

import org.jspecify.annotations.NullMarked;
