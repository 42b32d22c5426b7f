/** What readers say of single papers: more like this, less, saved; kept until they take it back. */
@NullMarked
package org.dailypapers.subscriber.liking;

import org.jspecify.annotations.NullMarked;
