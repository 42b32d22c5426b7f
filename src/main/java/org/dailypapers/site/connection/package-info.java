/** Connections and requests before a page sees them: bounds of time and number, whose they are, whether they can be read. */
package org.dailypapers.site.connection;
