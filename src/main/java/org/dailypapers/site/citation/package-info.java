/** How papers are cited: BibTeX, and what reference managers read in a paper's page. */
@NullMarked
package org.dailypapers.site.citation;

import org.jspecify.annotations.NullMarked;
