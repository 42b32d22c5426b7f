/** What editors write above the papers of an edition: Markdown, and what becomes of it in pages and letters. */
@NullMarked
package org.dailypapers.paper.note;

import org.jspecify.annotations.NullMarked;
