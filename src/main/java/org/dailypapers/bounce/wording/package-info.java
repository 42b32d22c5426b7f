/** What mail systems say of a letter that they could not deliver, and what that means: words, codes, stages. */
@NullMarked
package org.dailypapers.bounce.wording;

import org.jspecify.annotations.NullMarked;
