/** The whole database in one file or in another database: read in one moment's view, row by row, and compared afterwards. */
@NullMarked
package org.dailypapers.backup;

import org.jspecify.annotations.NullMarked;
