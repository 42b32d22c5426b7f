/** The verbs of the command line. */
@NullMarked
package org.dailypapers.command.verb;

import org.jspecify.annotations.NullMarked;
