/** The letter of a digest: its papers in words, the parts that they make, and the page that shows the same. */
@NullMarked
package org.dailypapers.digest.letter;

import org.jspecify.annotations.NullMarked;
