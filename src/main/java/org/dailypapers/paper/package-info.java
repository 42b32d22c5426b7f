/** The catalogue: papers, editions and their entries, topics. Knows neither readers nor where papers come from. */
package org.dailypapers.paper;
