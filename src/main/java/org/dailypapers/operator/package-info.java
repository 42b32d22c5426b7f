/**
 * Who runs the service: accounts and roles, signing in by password and one-time code, sessions, tokens for scripts, and
 * the trail of what was done. Knows neither pages nor readers.
 */
@NullMarked
package org.dailypapers.operator;

import org.jspecify.annotations.NullMarked;
