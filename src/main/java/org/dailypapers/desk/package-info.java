/**
 * The operator's own: the letters that carry alarms, the room on the disk, the door before
 * metrics and health. Nobody else is written to or served from here.
 */
package org.dailypapers.desk;
