/**
 * Turns content into wire bytes: header fields, parts, transfer encoding, signature. Knows the RFCs of mail, never papers,
 * readers or relays.
 */
@NullMarked
package org.dailypapers.letter;

import org.jspecify.annotations.NullMarked;
