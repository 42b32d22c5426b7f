/**
 * The embedded SMTP server that catches mail where no relay is set, and its reading page. It keeps whatever it is
 * given, letter by letter, and never knows who sent it or why.
 */
@NullMarked
package org.dailypapers.mailbox;

import org.jspecify.annotations.NullMarked;
