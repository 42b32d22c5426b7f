/** The reader's pages and the public API: one small class a journey, no logic of its own. */
package org.dailypapers.site;
