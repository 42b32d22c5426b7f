/**
 * Understands what comes back: reports of delivery, complaints, automatic answers. Knows forms and wordings of mail, never
 * readers, letters or the database; it says what a mail means and changes nothing.
 */
package org.dailypapers.bounce;
