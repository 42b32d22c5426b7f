package org.dailypapers.site.answer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * A short page that says one thing.
 *
 * @param action address of the form of its button, which often takes back what was done; null where there is none
 * @param mailed whether a letter is on its way, and what to do where it does not come
 * @param mailbox whether to point to the embedded catcher
 */
public record Message(
        String title,
        String text,
        String action,
        String button,
        String link,
        String linkName,
        boolean mailed,
        boolean mailbox) {

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance message(Message message);

        private Templates() {}
    }

    /** A message without a button or a link. */
    public static Message saying(String title, String text) {
        return linking(title, text, null, null);
    }

    /** A message with a link. */
    public static Message linking(String title, String text, String link, String linkName) {
        return new Message(title, text, null, null, link, linkName, false, false);
    }

    /** A message that a letter is on its way. */
    public static Message mailed(String title, String text, boolean mailbox) {
        return new Message(title, text, null, null, null, null, true, mailbox);
    }

    /** The page that says it. */
    public static TemplateInstance page(Message message) {
        return Templates.message(message);
    }
}
