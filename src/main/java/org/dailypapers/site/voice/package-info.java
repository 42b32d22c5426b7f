/** The pages where readers say what they think of papers, and where they see what was learned from it. */
@NullMarked
package org.dailypapers.site.voice;

import org.jspecify.annotations.NullMarked;
