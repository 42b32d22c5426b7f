/** Readers' libraries as reference managers write them, and texts that they paste: which papers are meant or resemble them. */
@NullMarked
package org.dailypapers.site.library;

import org.jspecify.annotations.NullMarked;
