/** Hands letters to a relay: connections, replies and what they mean. Never sees the outbox. */
@NullMarked
package org.dailypapers.smtp;

import org.jspecify.annotations.NullMarked;
