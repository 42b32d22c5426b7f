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
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.SignUpShare;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.Offer;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;

/** What the mailed link shows: the button, and what a press did. */
@Path("/confirm/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ConfirmPages {

    private final DoubleOptIn optIn;
    private final Topics topics;
    private final LinkTokens tokens;
    private final Links links;
    private final MailboxServer mailbox;
    private final EditionCalendar calendar;
    private final Welcome welcome;
    private final SignUpShare share;

    ConfirmPages(
            DoubleOptIn optIn,
            Topics topics,
            LinkTokens tokens,
            Links links,
            MailboxServer mailbox,
            EditionCalendar calendar,
            Welcome welcome,
            SignUpShare share) {
        this.optIn = optIn;
        this.topics = topics;
        this.tokens = tokens;
        this.links = links;
        this.mailbox = mailbox;
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
        return offer.act() == Offer.Act.NOTHING
                ? pressed(offer)
                : Html.ok(
                        Templates.confirm(ConfirmView.of("/confirm/" + token, offer, optIn.wording(), topics, stale)));
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
                DoubleOptIn.Pressed pressed =
                        share.take(() -> optIn.confirm(valid.subject(), seen)).orElseThrow(NotFoundException::new);
                yield pressed.taken() ? pressed(pressed.offer()) : page(token, pressed.offer(), true);
            }
        };
    }

    private Response pressed(Offer offer) {
        Subscriber subscriber = offer.subscriber();
        boolean subscribed = offer.act() == Offer.Act.SUBSCRIBE;
        return Html.ok(Message.page(new Message(
                welcome.title(subscribed),
                switch (offer.act()) {
                    case SUBSCRIBE -> welcome.text(subscriber);
                    case CHANGE -> "Saved. The next letter follows your new preferences.";
                    case NOTHING ->
                        "You are subscribed. This button has been pressed already; it changes nothing more.";
                },
                null,
                null,
                links.preferences(subscriber.id, calendar.now()).getRawPath(),
                "See or change my preferences",
                subscribed && mailbox.port().isPresent())));
    }

    private static Response expired() {
        return Html.status(
                410,
                Message.page(new Message(
                        "This link has expired",
                        "A confirmation is good for " + TokenPurpose.CONFIRM.lifetimeInWords()
                                + ". Fill in the form once more to get a fresh one.",
                        null,
                        null,
                        "/subscribe",
                        "To the form",
                        false)));
    }
}
