/** A mail from anybody, as far as it is read: its fields, its parts as text, the addresses in them. Knows nothing of bounces. */
@NullMarked
package org.dailypapers.bounce.mail;

import org.jspecify.annotations.NullMarked;
