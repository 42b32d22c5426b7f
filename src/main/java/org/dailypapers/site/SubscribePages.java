package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.digest.DigestHistory;
import org.dailypapers.letter.Masthead;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Topics;
import org.dailypapers.site.answer.EvenAnswers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.SignUpShare;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Offer;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;
import org.dailypapers.web.Html;

/** Signing up: the form, the mailed link, the button. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class SubscribePages {

    static final String ASKED = "If that address can receive our letters, one is on its way with a button to press."
            + " Nothing else happens without it. It may take some minutes; look into the spam folder too.";

    private static final DateTimeFormatter NEXT =
            DateTimeFormatter.ofPattern("EEEE, d MMMM 'at' HH:mm '('VV')'", Locale.ENGLISH);

    private final Subscriptions subscriptions;
    private final Topics topics;
    private final LinkTokens tokens;
    private final Links links;
    private final Previews previews;
    private final MailboxServer mailbox;
    private final EditionCalendar calendar;
    private final DigestHistory history;
    private final Masthead masthead;
    private final EvenAnswers answers;
    private final SignUpShare share;

    SubscribePages(
            Subscriptions subscriptions,
            Topics topics,
            LinkTokens tokens,
            Links links,
            Previews previews,
            MailboxServer mailbox,
            EditionCalendar calendar,
            DigestHistory history,
            Masthead masthead,
            EvenAnswers answers,
            SignUpShare share) {
        this.subscriptions = subscriptions;
        this.topics = topics;
        this.tokens = tokens;
        this.links = links;
        this.previews = previews;
        this.mailbox = mailbox;
        this.calendar = calendar;
        this.history = history;
        this.masthead = masthead;
        this.answers = answers;
        this.share = share;
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance subscribe(FormView view, String email, boolean doubted, boolean person);

        static native TemplateInstance confirm(ConfirmView view);

        private Templates() {}
    }

    @GET
    @Path("subscribe")
    public TemplateInstance form() {
        return page(PreferencesForm.of(Preferences.standard(calendar.zone())), "", Map.of(), null, new Honeypot());
    }

    private TemplateInstance page(
            PreferencesForm form,
            String email,
            Map<String, String> faults,
            FormView.Preview preview,
            Honeypot honeypot) {
        return Templates.subscribe(
                FormView.of(form, topics, calendar.zone(), faults, preview),
                email,
                honeypot.filled(),
                honeypot.answered());
    }

    @POST
    @Path("subscribe")
    public Uni<Response> subscribe(
            @FormParam("email") String email, @BeanParam Honeypot honeypot, @BeanParam SubscriptionFields fields) {
        long asked = System.nanoTime();
        String typed = email == null ? "" : email;
        PreferencesForm form = fields.form();
        Preferences defaults = Preferences.standard(calendar.zone());
        boolean preview = "preview".equals(fields.action);
        return switch (form.read(topics, defaults)) {
            case PreferencesForm.Faulty(Map<String, String> faults) -> {
                var all = new LinkedHashMap<>(faults);
                if (!preview) {
                    all.putAll(faults(EmailAddress.read(typed), honeypot));
                }
                yield now(Html.status(400, page(form, typed, all, null, honeypot)));
            }
            case PreferencesForm.Good(Preferences preferences) -> {
                if (preview) {
                    yield now(Html.ok(page(form, typed, Map.of(), previews.of(preferences), honeypot)));
                }
                EmailAddress.Reading read = EmailAddress.read(typed);
                Map<String, String> faults = faults(read, honeypot);
                yield faults.isEmpty() && read instanceof EmailAddress.Good(EmailAddress address)
                        ? answers.to(asked, asked(address, preferences))
                        : now(Html.status(400, page(form, typed, faults, null, honeypot)));
            }
        };
    }

    private static Uni<Response> now(Response answer) {
        return Uni.createFrom().item(answer);
    }

    private static String fault(EmailAddress.Faulty faulty) {
        return "This does not look like an e-mail address. " + faulty.reason();
    }

    private static Map<String, String> faults(EmailAddress.Reading email, Honeypot honeypot) {
        var faults = new LinkedHashMap<String, String>();
        if (email instanceof EmailAddress.Faulty faulty) {
            faults.put("email", fault(faulty));
        }
        if (honeypot.doubtful()) {
            faults.put("person", Honeypot.QUESTION);
        }
        return faults;
    }

    private Response asked(EmailAddress address, Preferences preferences) {
        share.take(() -> subscriptions.request(address, preferences));
        return Html.ok(Message.page(new Message(
                "Look into your mail",
                ASKED,
                null,
                null,
                null,
                null,
                mailbox.port().isPresent())));
    }

    /** Mails a link to the preferences, if there is such a reader. */
    @POST
    @Path("link")
    public Uni<Response> link(@FormParam("email") String email) {
        long asked = System.nanoTime();
        String typed = email == null ? "" : email;
        return switch (EmailAddress.read(typed)) {
            case EmailAddress.Good(EmailAddress address) -> answers.to(asked, linked(address));
            case EmailAddress.Faulty faulty ->
                now(Html.status(
                        400,
                        page(
                                PreferencesForm.of(Preferences.standard(calendar.zone())),
                                typed,
                                Map.of("link", fault(faulty)),
                                null,
                                new Honeypot())));
        };
    }

    private Response linked(EmailAddress address) {
        share.take(() -> subscriptions.link(address));
        return Html.ok(Message.page(new Message(
                "Look into your mail",
                "If that address receives " + masthead.name() + ", a link to its preferences is on its way.",
                null,
                null,
                null,
                null,
                mailbox.port().isPresent())));
    }

    /** The button; looking at it changes nothing. */
    @GET
    @Path("confirm/{token}")
    @Transactional
    public Response confirmation(String token) {
        return switch (tokens.read(TokenPurpose.CONFIRM, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired -> expired();
            case LinkTokens.Valid valid ->
                subscriptions
                        .offer(valid.subject())
                        .map(offer -> page(token, offer, false))
                        .orElseThrow(NotFoundException::new);
        };
    }

    /** The button, with what it does; or that there is nothing to press any more. */
    private Response page(String token, Offer offer, boolean stale) {
        return offer.act() == Offer.Act.NOTHING
                ? pressed(offer)
                : Html.ok(Templates.confirm(
                        ConfirmView.of("/confirm/" + token, offer, subscriptions.wording(), topics, stale)));
    }

    /** @param seen what the page with the button showed; a press alone is enough */
    @POST
    @Path("confirm/{token}")
    public Response confirm(String token, @FormParam("seen") String seen) {
        return switch (tokens.read(TokenPurpose.CONFIRM, token)) {
            case LinkTokens.Forged forged -> throw new NotFoundException();
            case LinkTokens.Expired expired -> expired();
            case LinkTokens.Valid valid -> {
                Subscriptions.Pressed pressed = share.take(() -> subscriptions.confirm(valid.subject(), seen))
                        .orElseThrow(NotFoundException::new);
                yield pressed.taken() ? pressed(pressed.offer()) : page(token, pressed.offer(), true);
            }
        };
    }

    private Response pressed(Offer offer) {
        Subscriber subscriber = offer.subscriber();
        boolean subscribed = offer.act() == Offer.Act.SUBSCRIBE;
        return Html.ok(Message.page(new Message(
                (subscribed ? "Welcome to " : "You receive ") + masthead.name(),
                switch (offer.act()) {
                    case SUBSCRIBE -> welcome(subscriber);
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

    private String welcome(Subscriber subscriber) {
        Optional<DigestHistory.Expected> expected = history.expected(subscriber);
        String next = expected.map(e -> NEXT.format(e.next())).orElse(null);
        if (next == null) {
            return "You are subscribed.";
        }
        return expected.get().welcome()
                ? "You are subscribed and your first letter is on its way. The next one is due on " + next
                        + ", if there is something new for you by then."
                : "You are subscribed. The last editions have nothing new for you; your first letter comes with the"
                        + " first one that has, on " + next + " at the earliest.";
    }

    private static Response expired() {
        return Html.status(
                410,
                Message.page(new Message(
                        "This link has expired",
                        "A confirmation is good for seven days. Fill in the form once more to get a fresh one.",
                        null,
                        null,
                        "/subscribe",
                        "To the form",
                        false)));
    }
}
