/** What a reader's own browser makes of the pages: ways through them, their access for all, and how they load. */
package org.dailypapers.browser;
