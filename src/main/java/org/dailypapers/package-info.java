/** Daily Papers: the day's new research papers as one personal letter a day. */
package org.dailypapers;
