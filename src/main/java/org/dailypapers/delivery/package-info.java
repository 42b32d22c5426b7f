/** Delivers queued messages. Knows envelopes and replies, never papers or people. */
@NullMarked
package org.dailypapers.delivery;

import org.jspecify.annotations.NullMarked;
