/** How names of persons are read and compared. */
@NullMarked
package org.dailypapers.matching.name;

import org.jspecify.annotations.NullMarked;
