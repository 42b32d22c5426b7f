/** The queue of messages in the database: leases, tries and how each message ended. */
@NullMarked
package org.dailypapers.outbox;

import org.jspecify.annotations.NullMarked;
