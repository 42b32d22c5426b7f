/** Small pictures of papers: fetched once from where a source shows them, scaled, kept and served by us. */
@NullMarked
package org.dailypapers.thumbnail;

import org.jspecify.annotations.NullMarked;
