/**
 * The operator's own: letters that carry alarms or try the way to them, the ticks of the day and of webhooks, how the
 * service stands, what health says of clock, sources and disk, the door before metrics and health. Below it the pages.
 */
package org.dailypapers.desk;
