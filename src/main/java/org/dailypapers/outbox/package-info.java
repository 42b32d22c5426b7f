/** The queue of messages in the database: leases, tries and how each message ended. */
package org.dailypapers.outbox;
