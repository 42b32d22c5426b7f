/** What mail systems say of a letter that they could not deliver, and what that means: words, codes, stages. */
package org.dailypapers.bounce.wording;
