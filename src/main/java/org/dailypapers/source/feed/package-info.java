/** RSS and Atom feeds that the operator names: each a source of its own name. */
package org.dailypapers.source.feed;
