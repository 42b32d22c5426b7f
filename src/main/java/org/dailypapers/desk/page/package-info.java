/** The operator's pages under {@code /desk}. Each route says what right it needs, or the door lets nobody to it. */
@NullMarked
package org.dailypapers.desk.page;

import org.jspecify.annotations.NullMarked;
