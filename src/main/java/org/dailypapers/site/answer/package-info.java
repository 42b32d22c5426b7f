/** What the answers of all pages share: messages and faults, headers, caching, even times, the share of those who sign up. */
package org.dailypapers.site.answer;
