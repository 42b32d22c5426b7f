package org.dailypapers.bounce.mail;

/**
 * A part of a mail that is no multipart itself.
 *
 * @param type such as {@code text/plain}, in lower case
 * @param text decoded, as far as it is read; of a mail within the mail its beginning as it stands
 */
public record MailPart(String type, String text) {

    /** Whether it is a report for machines. */
    public boolean isReport() {
        return type.equals("message/delivery-status") || type.equals("message/global-delivery-status");
    }

    /** Whether it is the returned letter, or its head (RFC 3462 §2, RFC 6533 §6). */
    public boolean isReturned() {
        return type.equals("message/rfc822")
                || type.equals("message/global")
                || type.equals("text/rfc822-headers")
                || type.equals("message/rfc822-headers")
                || type.equals("text/rfc822")
                || type.equals("message/global-headers");
    }
}
