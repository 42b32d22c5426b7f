/** Who reads, one reader at a time: all that is known of them, and what the operator does for them. */
@NullMarked
package org.dailypapers.audience;

import org.jspecify.annotations.NullMarked;
