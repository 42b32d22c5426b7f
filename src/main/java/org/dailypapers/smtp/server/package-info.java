/** What the embedded SMTP servers share: what they announce, and how much of a message they hear. */
package org.dailypapers.smtp.server;
