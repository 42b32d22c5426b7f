/** The operator's own: the letters that carry alarms, the room on the disk. Nobody else is written to or served from here. */
package org.dailypapers.desk;
