/** Files about subscribers, read back and written: the list as CSV, the journal of leavings. */
@NullMarked
package org.dailypapers.subscriber.file;

import org.jspecify.annotations.NullMarked;
