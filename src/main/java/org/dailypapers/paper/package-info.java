/** The catalogue: papers, editions and their entries, topics. Knows neither readers nor where papers come from. */
@NullMarked
package org.dailypapers.paper;

import org.jspecify.annotations.NullMarked;
