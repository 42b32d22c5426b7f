/** What a reader wants and when: as a value, as it was typed, and as text. */
@NullMarked
package org.dailypapers.subscriber.preference;

import org.jspecify.annotations.NullMarked;
