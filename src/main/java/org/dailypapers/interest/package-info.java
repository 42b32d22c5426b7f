/** What a reader can ask for: the one language of interests, its grammar and its errors. Knows no papers. */
package org.dailypapers.interest;
