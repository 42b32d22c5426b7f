/**
 * Understands what comes back: reports of delivery, complaints, automatic answers. Knows forms and wordings of mail, never
 * readers, letters or the database; it says what a mail means and changes nothing.
 */
@NullMarked
package org.dailypapers.bounce;

import org.jspecify.annotations.NullMarked;
