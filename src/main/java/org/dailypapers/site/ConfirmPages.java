package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.SignUpShare;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.Offer;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;

/** What the mailed link shows: the button, and what a press did. */
@Path("/confirm/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ConfirmPages {

    private final DoubleOptIn optIn;
    private final Topics topics;
    private final LinkTokens tokens;
    private final Links links;
    private final EditionCalendar calendar;
    private final Welcome welcome;
    private final SignUpShare share;
    private final Speech speech;

    ConfirmPages(
            DoubleOptIn optIn,
            Topics topics,
            LinkTokens tokens,
            Links links,
            EditionCalendar calendar,
            Welcome welcome,
            SignUpShare share,
            Speech speech) {
        this.speech = speech;
        this.optIn = optIn;
        this.topics = topics;
        this.tokens = tokens;
        this.links = links;
        this.calendar = calendar;
        this.welcome = welcome;
        this.share = share;
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance confirm(ConfirmView view);

        private Templates() {}
    }

    /** The button; looking at it changes nothing. */
    @GET
    @Transactional
    public Response confirmation(String token) {
        return switch (tokens.read(TokenPurpose.CONFIRM, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired -> expired();
            case LinkTokens.Valid valid ->
                optIn.offer(valid.subject())
                        .map(offer -> page(token, offer, false))
                        .orElseThrow(NotFoundException::new);
        };
    }

    /** The button, with what it does; or that there is nothing to press any more. */
    private Response page(String token, Offer offer, boolean stale) {
        speak(offer);
        return offer.act() == Offer.Act.NOTHING
                ? pressed(offer)
                : speech.ok(Templates.confirm(ConfirmView.of(
                        speech.language(),
                        speech.spoken().offered(),
                        "/confirm/" + token,
                        offer,
                        welcome.wording(speech.language()),
                        topics,
                        stale)));
    }

    /**
     * Does what the button says.
     *
     * @param seen what the page with the button showed; a press alone is enough
     */
    @POST
    public Response confirm(String token, @FormParam("seen") String seen) {
        return switch (tokens.read(TokenPurpose.CONFIRM, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired -> expired();
            case LinkTokens.Valid valid -> {
                DoubleOptIn.Pressed pressed = share.take(() -> optIn.confirm(valid.subject(), seen, this::wording))
                        .orElseThrow(NotFoundException::new);
                yield pressed.taken() ? pressed(pressed.offer()) : page(token, pressed.offer(), true);
            }
        };
    }

    /** In the language of somebody who is subscribed, else in the one that was chosen with the address. */
    private void speak(Offer offer) {
        speech.to(offer.act() == Offer.Act.SUBSCRIBE ? offer.preferences().language() : offer.subscriber().language);
    }

    /** What stands beside the button. */
    private String wording(Offer offer) {
        speak(offer);
        return welcome.wording(speech.language());
    }

    private Response pressed(Offer offer) {
        speech.to(offer.subscriber().language);
        Subscriber subscriber = offer.subscriber();
        boolean subscribed = offer.act() == Offer.Act.SUBSCRIBE;
        return speech.ok(Message.page(new Message(
                welcome.title(speech.language(), subscribed),
                switch (offer.act()) {
                    case SUBSCRIBE -> welcome.text(speech.language(), subscriber);
                    case CHANGE -> speech.reply().saved();
                    case NOTHING -> speech.reply().pressedAlready();
                },
                null,
                null,
                links.preferences(subscriber.id, calendar.now()).getRawPath(),
                speech.reply().seePreferences(),
                false,
                subscribed && welcome.caught())));
    }

    private Response expired() {
        return speech.status(
                410,
                Message.page(Message.linking(
                        speech.reply().linkExpired(),
                        speech.reply().confirmationExpired((int)
                                TokenPurpose.CONFIRM.lifetime().orElseThrow().toDays()),
                        "/subscribe",
                        speech.reply().toForm())));
    }
}
