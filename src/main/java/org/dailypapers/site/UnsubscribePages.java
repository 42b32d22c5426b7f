package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.dailypapers.letter.Masthead;
import org.dailypapers.site.answer.Message;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;

/** Leaving, by one click; and less of it, for whom that is enough. */
@Path("/unsubscribe/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class UnsubscribePages {

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance leave(Leaving leaving);

        private Templates() {}
    }

    /**
     * What the page asks.
     *
     * @param name of the letter
     * @param action where its forms post to
     * @param less what is offered in place of leaving
     */
    public record Leaving(String name, String action, List<Less> less) {}

    private final Subscriptions subscriptions;
    private final LinkTokens tokens;
    private final Masthead masthead;
    private final Clock clock;

    UnsubscribePages(Subscriptions subscriptions, LinkTokens tokens, Masthead masthead, Clock clock) {
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.tokens = tokens;
        this.masthead = masthead;
    }

    /** The button, or that it has been pressed before; scanners that follow links change nothing. */
    @GET
    public Response show(String token) {
        Subscriber reader = subscriptions.find(reader(token)).orElseThrow(NotFoundException::new);
        if (reader.consent == Consent.WITHDRAWN) {
            return left(reader);
        }
        return Html.ok(
                Templates.leave(new Leaving(masthead.name(), "/unsubscribe/" + token, Less.offered(reader, clock))));
    }

    /** RFC 8058 §3.1: no cookie, no redirect, no second step. */
    @POST
    public Response leave(String token, byte[] body) {
        // Whatever form mail hosts post it in, and however broken: what counts is the link.
        String sent = new String(body, StandardCharsets.ISO_8859_1);
        if (sent.contains("action") && sent.contains("undo")) {
            return undo(token);
        }
        long id = reader(token);
        Optional<Less> less = Less.of(sent);
        if (less.isPresent()) {
            return less(id, less.get());
        }
        subscriptions.withdraw(
                id, sent.contains("One-Click") ? "one-click unsubscribe (RFC 8058)" : "unsubscribe page, v1");
        return left(subscriptions.find(id).orElseThrow(NotFoundException::new));
    }

    private Response less(long id, Less less) {
        Subscriber reader = subscriptions.find(id).orElseThrow(NotFoundException::new);
        if (reader.consent != Consent.CONFIRMED) {
            return left(reader);
        }
        switch (less) {
            case WEEKLY -> subscriptions.change(id, now -> now.with(Frequency.WEEKLY));
            case SMALLER -> subscriptions.change(id, now -> now.with(Math.min(now.size(), Less.SMALL)));
            case PAUSE -> {
                if (!reader.pausedOn(Less.until(reader, clock))) {
                    subscriptions.pause(id, Less.until(reader, clock));
                }
            }
        }
        return Html.ok(Message.page(new Message(
                "Less it is",
                less.done(subscriptions.find(id).orElseThrow(NotFoundException::new)),
                null,
                null,
                "/",
                "To the papers",
                false)));
    }

    private Response left(Subscriber reader) {
        // Neither leaving twice nor looking again prolongs the time in which it can be taken back.
        String undo = tokens.issue(TokenPurpose.UNDO, reader.id, reader.leftAt);
        if (tokens.read(TokenPurpose.UNDO, undo) instanceof LinkTokens.Expired) {
            return Html.ok(Message.page(new Message(
                    "You have left",
                    "No more letters come. You can always sign up again.",
                    null,
                    null,
                    "/subscribe",
                    "Sign up again",
                    false)));
        }
        return Html.ok(Message.page(new Message(
                "You have left",
                "No more letters will come. If that was a slip, you can take it back for "
                        + TokenPurpose.UNDO.lifetimeInWords() + ".",
                "/unsubscribe/" + undo,
                "Undo",
                "/",
                "To the papers",
                false)));
    }

    private Response undo(String token) {
        return switch (tokens.read(TokenPurpose.UNDO, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired ->
                tooLate("That is possible for " + TokenPurpose.UNDO.lifetimeInWords()
                        + ". You can always sign up again.");
            case LinkTokens.Valid valid ->
                subscriptions.undo(valid.subject(), valid.issued())
                        ? Html.ok(Message.page(Message.saying("Welcome back", "Your subscription goes on as before.")))
                        : tooLate("You have left once more since then, and no letters come. You can always sign up"
                                + " again.");
        };
    }

    private static Response tooLate(String text) {
        return Html.status(
                410,
                Message.page(new Message("Too late to undo", text, null, null, "/subscribe", "Sign up again", false)));
    }

    private long reader(String token) {
        if (tokens.read(TokenPurpose.UNSUBSCRIBE, token) instanceof LinkTokens.Valid valid
                && subscriptions.find(valid.subject()).isPresent()) {
            return valid.subject();
        }
        throw new NotFoundException();
    }
}
