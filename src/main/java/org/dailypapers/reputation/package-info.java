/** What the mail system has taught: suppressed addresses, refusals by address and run, the relay's mood, alarms. */
package org.dailypapers.reputation;
