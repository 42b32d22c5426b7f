/** What a database's failures mean, for all who ask one: whether it is to blame, or what a row holds. Knows no tables. */
@NullMarked
package org.dailypapers.storage;

import org.jspecify.annotations.NullMarked;
