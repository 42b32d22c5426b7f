package org.dailypapers.desk.door;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the desk's pages share. */
public final class DeskPage {

    private DeskPage() {}

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance message(
                String title, String text, @Nullable String link, @Nullable String linkName);

        static native TemplateInstance confirm(Act act);

        private Templates() {}
    }

    /**
     * What a button would do, told before it is done.
     *
     * @param text what will happen, a sentence or two
     * @param action where the form is sent
     * @param button what its button says
     * @param back where to go instead
     */
    public record Act(String title, String text, String action, String button, String back) {}

    /** A page that says one thing. */
    public static TemplateInstance message(String title, String text) {
        return Templates.message(title, text, null, null);
    }

    /** A page that says one thing. */
    public static TemplateInstance message(String title, String text, String link, String linkName) {
        return Templates.message(title, text, link, linkName);
    }

    /** The page with the button. */
    public static TemplateInstance confirm(Act act) {
        return Templates.confirm(act);
    }

    /** Leads to another page of the desk. */
    public static Response to(String path) {
        return Response.seeOther(URI.create(path)).build();
    }
}
