/** Header fields and bytes as they go over the wire. */
@NullMarked
package org.dailypapers.letter.wire;

import org.jspecify.annotations.NullMarked;
