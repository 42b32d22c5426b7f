/** The selection for one subscriber, when it is due, and its letter. Owns where each reader stands in the editions. */
@NullMarked
package org.dailypapers.digest;

import org.jspecify.annotations.NullMarked;
