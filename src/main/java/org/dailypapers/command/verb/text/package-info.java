/** What commands print of one matter, as plain text for people and for pipes. */
@NullMarked
package org.dailypapers.command.verb.text;

import org.jspecify.annotations.NullMarked;
