/** The command line: one class a verb, and the way from the terminal to a running service. */
package org.dailypapers.command;
