/** Signed links: keys with ids, purposes and HMACs. Knows neither people nor papers, only numbers that stand for them. */
package org.dailypapers.token;
