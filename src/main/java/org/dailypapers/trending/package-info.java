/** The public score: its formula, and the closing of an edition, which computes it and marks what rises. Knows no readers. */
package org.dailypapers.trending;
