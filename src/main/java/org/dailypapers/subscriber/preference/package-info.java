/** What a reader wants and when: as a value, as it was typed, and as text. */
package org.dailypapers.subscriber.preference;
