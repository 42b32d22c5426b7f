package org.dailypapers.site;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.dailypapers.digest.DigestRetention;
import org.dailypapers.digest.letter.DigestLetters;
import org.dailypapers.digest.letter.DigestView;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;

/** A sent digest as a page, without personal links. */
@Path("/letters/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LetterPages {

    private final DigestLetters letters;
    private final DigestRetention retention;
    private final LinkTokens tokens;
    private final Speech speech;

    LetterPages(DigestLetters letters, DigestRetention retention, LinkTokens tokens, Speech speech) {
        this.speech = speech;
        this.letters = letters;
        this.retention = retention;
        this.tokens = tokens;
    }

    @GET
    public Response show(String token) {
        if (!(tokens.read(TokenPurpose.LETTER, token) instanceof LinkTokens.Valid valid)) {
            throw new NotFoundException();
        }
        return letters.web(valid.subject()).map(LetterPages::page).orElseGet(() -> {
            if (retention.keeps(valid.issued())) {
                throw new NotFoundException(); // Its reader has been erased.
            }
            return gone();
        });
    }

    private Response gone() {
        return speech.status(
                410,
                Message.page(Message.linking(
                        speech.reply().letterGone(),
                        speech.reply().letterGoneAbout(),
                        "/",
                        speech.fault().toPapers())));
    }

    private static Response page(DigestView letter) {
        // A letter carries its styles within, as mail programs want it.
        return Response.fromResponse(Html.ok(DigestLetters.html(letter)))
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                                + " frame-ancestors 'none'")
                .header("X-Robots-Tag", "noindex")
                .build();
    }
}
