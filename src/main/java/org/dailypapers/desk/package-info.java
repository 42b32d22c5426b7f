/**
 * The operator's own: the letters that carry alarms, the ticks of the day, what health says of
 * clock, sources and disk, the door before metrics and health. Nobody else is written to or served from here.
 */
package org.dailypapers.desk;
