/** arXiv: the records of its three interfaces, the calendar of its announcements, and the source that follows the day. */
package org.dailypapers.source.arxiv;
