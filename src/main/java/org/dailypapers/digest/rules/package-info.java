/** Who gets a digest, when, and of which editions. Decides without a database, a clock of its own or any effect. */
@NullMarked
package org.dailypapers.digest.rules;

import org.jspecify.annotations.NullMarked;
