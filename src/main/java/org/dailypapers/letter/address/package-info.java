/** Mail addresses: their syntax, as typed and as written in a header. */
@NullMarked
package org.dailypapers.letter.address;

import org.jspecify.annotations.NullMarked;
