/** What the embedded SMTP servers share: what they announce, and how much of a message they hear. */
@NullMarked
package org.dailypapers.smtp.server;

import org.jspecify.annotations.NullMarked;
