/**
 * Makes the editions: the intake of papers into them, from sources and files, and their closing, which asks for the votes,
 * marks what rises and ranks. Knows no readers.
 */
@NullMarked
package org.dailypapers.edition;

import org.jspecify.annotations.NullMarked;
