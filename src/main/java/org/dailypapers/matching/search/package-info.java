/** Search over the whole catalogue: its index, what is asked of it and what it finds. */
@NullMarked
package org.dailypapers.matching.search;

import org.jspecify.annotations.NullMarked;
