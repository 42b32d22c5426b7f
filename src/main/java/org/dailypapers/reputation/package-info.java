/** What the mail system has taught: suppressed addresses, refusals by address and run, the relay's mood, alarms. */
@NullMarked
package org.dailypapers.reputation;

import org.jspecify.annotations.NullMarked;
