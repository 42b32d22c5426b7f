package org.dailypapers.site.library;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.matching.likeness.TermVectors;
import org.dailypapers.paper.Paper;
import org.dailypapers.site.answer.Speech;
import org.jspecify.annotations.Nullable;

/** Papers that resemble a text that somebody pastes, such as an abstract. */
@Path("/related")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class RelatedPages {

    private static final int MOST = 30;
    private static final int LONGEST = 20_000;

    private final LearnedCatalogue catalogue;
    private final Speech speech;

    RelatedPages(LearnedCatalogue catalogue, Speech speech) {
        this.catalogue = catalogue;
        this.speech = speech;
    }

    /** The form and what it found. */
    public record RelatedView(String text, List<Found> papers) {}

    /** A paper that was found. */
    public record Found(String link, String title) {
        static Found of(Paper paper) {
            return new Found(paper.path(), paper.title);
        }
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance related(RelatedView view);

        private Templates() {}
    }

    @GET
    public Response ask() {
        return speech.ok(Templates.related(new RelatedView("", List.of())));
    }

    @POST
    public Response find(@FormParam("text") @Nullable String text) {
        String asked = text == null ? "" : text.strip();
        String read = asked.substring(0, Math.min(LONGEST, asked.length()));
        return speech.ok(Templates.related(new RelatedView(
                read,
                catalogue.nearest(new TermVectors.Text("", read), MOST).stream()
                        .map(Found::of)
                        .toList())));
    }
}
