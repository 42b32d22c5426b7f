/** The verbs of the command line. */
package org.dailypapers.command.verb;
