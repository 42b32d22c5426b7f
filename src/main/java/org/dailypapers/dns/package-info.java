/**
 * What the DNS says of the domains that letters name: mail exchangers, SPF, DKIM, DMARC. It asks and explains, and
 * changes nothing.
 */
@NullMarked
package org.dailypapers.dns;

import org.jspecify.annotations.NullMarked;
