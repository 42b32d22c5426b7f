package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.dailypapers.letter.Masthead;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.AddressChange;
import org.dailypapers.subscriber.AddressChange.Shown;
import org.dailypapers.subscriber.AddressChange.State;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;

/**
 * Another address for a reader's letters: asked for by a private link, confirmed by the link that is mailed to the new
 * address, called off by the one that is mailed to the old one. Looking changes nothing.
 */
@Path("/address/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AddressPages {

    private final AddressChange change;
    private final Subscriptions subscriptions;
    private final LinkTokens tokens;
    private final Links links;
    private final Masthead masthead;
    private final EditionCalendar calendar;
    private final Speech speech;

    AddressPages(
            AddressChange change,
            Subscriptions subscriptions,
            LinkTokens tokens,
            Links links,
            Masthead masthead,
            EditionCalendar calendar,
            Speech speech) {
        this.change = change;
        this.subscriptions = subscriptions;
        this.tokens = tokens;
        this.links = links;
        this.masthead = masthead;
        this.calendar = calendar;
        this.speech = speech;
    }

    /**
     * A page with one button.
     *
     * @param asks whether it asks for an address
     * @param email what was typed
     * @param fault what is wrong with that; null where nothing is
     * @param back where somebody goes who would rather not; null where there is nothing
     */
    public record AddressView(
            String title,
            String text,
            String action,
            String button,
            boolean asks,
            String email,
            String fault,
            String back) {}

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance address(AddressView view);

        private Templates() {}
    }

    /** The form or the button; or that there is nothing to press any more. */
    @GET
    public Response show(String token) {
        return answer(token, null, false);
    }

    /** Asks, confirms or calls off. */
    @POST
    public Response press(String token, @FormParam("email") String email) {
        return answer(token, email == null ? "" : email, true);
    }

    private Response answer(String token, String email, boolean pressed) {
        return switch (tokens.read(TokenPurpose.STOP_MOVE, token)) {
            case LinkTokens.Valid valid ->
                stop(token, known(pressed ? change.stop(valid.subject()) : change.noticed(valid.subject())));
            case LinkTokens.Expired expired -> expired(TokenPurpose.STOP_MOVE);
            case LinkTokens.Forged other -> atNewAddress(token, email, pressed);
        };
    }

    private Response atNewAddress(String token, String email, boolean pressed) {
        return switch (tokens.read(TokenPurpose.MOVE, token)) {
            case LinkTokens.Valid valid ->
                pressed ? confirm(valid.subject()) : move(token, known(change.shown(valid.subject())));
            case LinkTokens.Expired expired -> expired(TokenPurpose.MOVE);
            case LinkTokens.Forged forged ->
                switch (tokens.read(TokenPurpose.PRIVATE, token)) {
                    case LinkTokens.Valid valid -> mine(token, valid.subject(), email, pressed);
                    case LinkTokens.Expired expired ->
                        expired(speech.reply().privateLinkExpired((int)
                                TokenPurpose.PRIVATE.lifetime().orElseThrow().toMinutes()));
                    case LinkTokens.Forged no -> throw new NotFoundException();
                };
        };
    }

    /** In the language of the reader whose change it is. */
    private Shown known(Optional<Shown> change) {
        Shown shown = change.orElseThrow(NotFoundException::new);
        speech.to(shown.subscriber().language);
        return shown;
    }

    private Response mine(String token, long id, String email, boolean pressed) {
        Subscriber reader = subscriptions.find(id).orElseThrow(NotFoundException::new);
        speech.to(reader.language);
        if (reader.consent != Consent.CONFIRMED) {
            return stopped();
        }
        if (!pressed) {
            return form(token, "", null);
        }
        return switch (EmailAddress.read(email)) {
            case EmailAddress.Faulty faulty ->
                form(token, email, speech.fault().noEmailAddress(faulty.fault().in(speech.fault())));
            case EmailAddress.Good(EmailAddress to) -> {
                // One answer, whatever is known of that address.
                change.ask(id, to, "by the reader (private link)");
                yield speech.ok(Message.page(Message.linking(
                        speech.reply().addressAsked(),
                        speech.reply().addressAskedAbout(),
                        "/preferences/" + token,
                        speech.reply().backToPreferences())));
            }
        };
    }

    private Response form(String token, String email, String fault) {
        return speech.status(
                fault == null ? 200 : 400,
                Templates.address(new AddressView(
                        speech.say().changeAddress(),
                        speech.say().changeAddressAbout(),
                        "/address/" + token,
                        speech.reply().sendLink(),
                        true,
                        email,
                        fault,
                        "/preferences/" + token)));
    }

    private Response move(String token, Shown shown) {
        return shown.state() == State.OPEN
                ? button(
                        token,
                        speech.reply().addressHere(),
                        moveWords(),
                        speech.reply().addressHereButton())
                : stands(shown);
    }

    private Response confirm(long request) {
        known(change.shown(request));
        Shown shown = change.confirm(
                        request, moveWords() + " – " + speech.reply().addressHereButton())
                .orElseThrow(NotFoundException::new);
        return shown.state() == State.OPEN ? stands(new Shown(shown.subscriber(), State.DONE)) : stands(shown);
    }

    private String moveWords() {
        return speech.reply().addressHereAbout(masthead.name());
    }

    private Response stands(Shown shown) {
        return switch (shown.state()) {
            case DONE ->
                speech.ok(Message.page(Message.linking(
                        speech.reply().addressMoved(),
                        speech.reply().addressMovedAbout(),
                        links.preferences(shown.subscriber().id, calendar.now()).getRawPath(),
                        speech.reply().seePreferences())));
            case TAKEN ->
                speech.ok(Message.page(Message.linking(
                        speech.fault().addressTaken(),
                        speech.fault().addressTakenAbout(),
                        "/subscribe",
                        speech.reply().toForm())));
            case OPEN, STOPPED -> stopped();
        };
    }

    private Response stop(String token, Shown shown) {
        return switch (shown.state()) {
            case OPEN, TAKEN ->
                button(
                        token,
                        speech.reply().keepAddress(),
                        speech.reply().keepAddressAbout(),
                        speech.reply().keepAddressButton());
            case STOPPED -> stopped();
            case DONE ->
                speech.ok(Message.page(Message.linking(
                        speech.fault().addressGone(),
                        speech.fault().addressGoneAbout(),
                        "/subscribe",
                        speech.reply().toForm())));
        };
    }

    private Response button(String token, String title, String text, String button) {
        return speech.ok(
                Templates.address(new AddressView(title, text, "/address/" + token, button, false, "", null, null)));
    }

    private Response stopped() {
        return speech.ok(Message.page(
                Message.saying(speech.fault().addressStopped(), speech.fault().addressStoppedAbout())));
    }

    private Response expired(TokenPurpose link) {
        return expired(speech.fault()
                .addressExpired((int) link.lifetime().orElseThrow().toDays()));
    }

    private Response expired(String about) {
        return speech.status(
                410,
                Message.page(Message.linking(
                        speech.reply().linkExpired(),
                        about,
                        "/subscribe#link",
                        speech.reply().askForLink())));
    }
}
