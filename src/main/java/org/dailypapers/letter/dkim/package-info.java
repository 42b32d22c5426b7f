/** Signs letters (RFC 6376). */
@NullMarked
package org.dailypapers.letter.dkim;

import org.jspecify.annotations.NullMarked;
