/** Signed links: keys with ids, purposes and HMACs. Knows neither people nor papers, only numbers that stand for them. */
@NullMarked
package org.dailypapers.token;

import org.jspecify.annotations.NullMarked;
