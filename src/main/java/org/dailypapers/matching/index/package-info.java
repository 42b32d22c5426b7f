/** An edition's papers in an index, and what a line of interest finds there; search. */
@NullMarked
package org.dailypapers.matching.index;

import org.jspecify.annotations.NullMarked;
