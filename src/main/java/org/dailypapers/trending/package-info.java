/**
 * The public score: its formula, and the closing of an edition, which computes it and marks what rises; and the intake of
 * papers into editions, from sources and files. Knows no readers.
 */
package org.dailypapers.trending;
