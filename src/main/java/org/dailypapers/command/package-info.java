/** The command line: one class a verb, and the way from the terminal to a running service. */
@NullMarked
package org.dailypapers.command;

import org.jspecify.annotations.NullMarked;
