/** Who left, in the database and in the journal beside it, as keyed hashes. */
@NullMarked
package org.dailypapers.subscriber.leaving;

import org.jspecify.annotations.NullMarked;
