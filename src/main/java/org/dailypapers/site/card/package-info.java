/** Pictures by which other sites and messengers show a link to a paper or an edition (Open Graph). */
@NullMarked
package org.dailypapers.site.card;

import org.jspecify.annotations.NullMarked;
