/** Delivers queued messages. Knows envelopes and replies, never papers or people. */
package org.dailypapers.delivery;
