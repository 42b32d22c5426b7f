/** What a reader can ask for: the one language of interests, its grammar and its errors. Knows no papers. */
@NullMarked
package org.dailypapers.interest;

import org.jspecify.annotations.NullMarked;
