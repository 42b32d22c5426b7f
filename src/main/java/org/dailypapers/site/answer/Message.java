package org.dailypapers.site.answer;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/**
 * A short page that says one thing.
 *
 * @param action address of a button's form; null where there is none
 * @param mailbox whether to point to the embedded catcher
 */
public record Message(
        String title, String text, String action, String button, String link, String linkName, boolean mailbox) {

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance message(Message message);

        private Templates() {}
    }

    /** A message without a button or a link. */
    public static Message saying(String title, String text) {
        return new Message(title, text, null, null, null, null, false);
    }

    /** The page that says it. */
    public static TemplateInstance page(Message message) {
        return Templates.message(message);
    }
}
