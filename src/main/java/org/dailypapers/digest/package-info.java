/** The selection for one subscriber, when it is due, and its letter. Owns where each reader stands in the editions. */
package org.dailypapers.digest;
