/** Hands letters to a relay: connections, replies and what they mean. Never sees the outbox. */
package org.dailypapers.smtp;
