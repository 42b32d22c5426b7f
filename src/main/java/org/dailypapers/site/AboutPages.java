package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.dailypapers.letter.SenderSettings;
import org.dailypapers.paper.note.NoteText;
import org.dailypapers.site.answer.Speech;
import org.jspecify.annotations.Nullable;

/** What the service is, what it keeps of its readers, and who answers for it. */
@Path("/about")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AboutPages {

    private final Speech speech;
    private final AboutView view;

    AboutPages(Speech speech, AboutSettings settings, SenderSettings sender) {
        this.speech = speech;
        this.view = new AboutView(
                settings.about().map(NoteText::of).orElse(null),
                settings.contact().orElse(null),
                sender.postalAddress().orElse(null));
    }

    /**
     * What the page shows besides its sentences.
     *
     * @param own the operator's own words, in the place of the first sentence; null where there are none
     * @param contact a page, or {@code mailto:} and an address; null where none is set
     */
    public record AboutView(
            @Nullable NoteText own,
            @Nullable URI contact,
            @Nullable String postalAddress) {

        /** The contact as people read it. */
        public String contactShown() {
            return contact == null
                    ? ""
                    : contact.toString()
                            .replaceFirst("^(?:mailto:|https?://)", "")
                            .replaceFirst("/$", "");
        }
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance about(AboutView view);

        private Templates() {}
    }

    @GET
    public Response about() {
        return speech.ok(Templates.about(view));
    }
}
