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
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Frequency;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.TokenPurpose;

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
    public record Leaving(String name, String action, List<Offered> less) {}

    /** One of them, as its button says and as its form does. */
    public record Offered(String id, String words) {}

    private final Subscriptions subscriptions;
    private final LinkTokens tokens;
    private final Masthead masthead;
    private final Clock clock;
    private final Speech speech;

    UnsubscribePages(Subscriptions subscriptions, LinkTokens tokens, Masthead masthead, Clock clock, Speech speech) {
        this.speech = speech;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.tokens = tokens;
        this.masthead = masthead;
    }

    /** The button, or that it has been pressed before; scanners that follow links change nothing. */
    @GET
    public Response show(String token) {
        Subscriber reader = known(reader(token));
        if (reader.consent == Consent.WITHDRAWN) {
            return left(reader);
        }
        return speech.ok(Templates.leave(new Leaving(
                masthead.name(),
                "/unsubscribe/" + token,
                Less.offered(reader, clock).stream()
                        .map(less -> new Offered(less.id(), less.words(speech.reply())))
                        .toList())));
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
        return left(known(id));
    }

    private Response less(long id, Less less) {
        Subscriber reader = known(id);
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
        return speech.ok(Message.page(Message.linking(
                speech.reply().lessItIs(),
                less.done(speech.language(), subscriptions.find(id).orElseThrow(NotFoundException::new)),
                "/",
                speech.fault().toPapers())));
    }

    private Response left(Subscriber reader) {
        // Neither leaving twice nor looking again prolongs the time in which it can be taken back.
        String undo = tokens.issue(TokenPurpose.UNDO, reader.id, reader.leftAt);
        if (tokens.read(TokenPurpose.UNDO, undo) instanceof LinkTokens.Expired) {
            return speech.ok(Message.page(Message.linking(
                    speech.reply().haveLeft(),
                    speech.reply().leftForGood(),
                    "/subscribe",
                    speech.reply().signUpAgain())));
        }
        return speech.ok(Message.page(new Message(
                speech.reply().haveLeft(),
                speech.reply().leftUndoable(undoHours()),
                "/unsubscribe/" + undo,
                speech.reply().undo(),
                "/",
                speech.fault().toPapers(),
                false,
                false)));
    }

    private Response undo(String token) {
        return switch (tokens.read(TokenPurpose.UNDO, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired -> tooLate(speech.reply().tooLateAbout(undoHours()));
            case LinkTokens.Valid valid ->
                subscriptions.undo(known(valid.subject()).id, valid.issued())
                        ? speech.ok(Message.page(Message.saying(
                                speech.reply().welcomeBack(), speech.reply().goesOn())))
                        : tooLate(speech.reply().leftOnceMore());
        };
    }

    private Response tooLate(String text) {
        return speech.status(
                410,
                Message.page(Message.linking(
                        speech.reply().tooLate(),
                        text,
                        "/subscribe",
                        speech.reply().signUpAgain())));
    }

    private static int undoHours() {
        return (int) TokenPurpose.UNDO.lifetime().orElseThrow().toHours();
    }

    /** The reader, spoken to in their language. */
    private Subscriber known(long id) {
        Subscriber reader = subscriptions.find(id).orElseThrow(NotFoundException::new);
        speech.to(reader.language);
        return reader;
    }

    private long reader(String token) {
        if (tokens.read(TokenPurpose.UNSUBSCRIBE, token) instanceof LinkTokens.Valid valid
                && subscriptions.find(valid.subject()).isPresent()) {
            return valid.subject();
        }
        throw new NotFoundException();
    }
}
