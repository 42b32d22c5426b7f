/**
 * Takes in what comes back by mail, finds the letter that it is about and draws what follows: from an SMTP server of its
 * own, a mailbox, or files. What a mail means {@code bounce} tells; what that means for an address, {@code reputation}.
 */
@NullMarked
package org.dailypapers.returns;

import org.jspecify.annotations.NullMarked;
