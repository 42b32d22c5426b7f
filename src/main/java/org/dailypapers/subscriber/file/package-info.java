/** Files about subscribers, read back and written: the list as CSV, the journal of leavings. */
package org.dailypapers.subscriber.file;
