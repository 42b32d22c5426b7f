/** Who asked for what: consent with its history, preferences, interests; the confirmation and other service letters. */
@NullMarked
package org.dailypapers.subscriber;

import org.jspecify.annotations.NullMarked;
