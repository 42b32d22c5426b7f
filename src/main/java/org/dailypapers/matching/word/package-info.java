/** How words of papers and interests are cut, folded and spelled. */
@NullMarked
package org.dailypapers.matching.word;

import org.jspecify.annotations.NullMarked;
