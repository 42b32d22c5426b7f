/** What goes out for programs that read: feeds of papers in Atom (RFC 4287) and JSON Feed 1.1. */
@NullMarked
package org.dailypapers.site.feed;

import org.jspecify.annotations.NullMarked;
