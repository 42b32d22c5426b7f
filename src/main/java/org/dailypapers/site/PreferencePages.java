package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.dailypapers.audience.ReaderExport;
import org.dailypapers.digest.letter.LetterFeeds;
import org.dailypapers.language.Said;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.PauseReason;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.subscriber.preference.Offered;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;
import org.dailypapers.token.LinkTokens;
import org.dailypapers.token.Links;
import org.dailypapers.token.TokenPurpose;

/**
 * A reader's preferences, by the link in their letters.
 *
 * <p>A letter may be forwarded: its link edits and pauses; to see the address, to export or to erase takes the private
 * link that is mailed on request.
 */
@Path("/preferences/{token}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PreferencePages {

    private static final int LONGEST_PAUSE_DAYS = 366;
    private static final Duration BETWEEN_RETRIES = Duration.ofDays(1);

    private final Subscriptions subscriptions;
    private final DoubleOptIn optIn;
    private final Offered offered;
    private final LinkTokens tokens;
    private final Links links;
    private final Previews previews;
    private final ReaderExport exports;
    private final LetterFeeds feeds;
    private final EditionCalendar calendar;
    private final SuppressionList suppressions;
    private final Bounces bounces;
    private final Speech speech;

    PreferencePages(
            Subscriptions subscriptions,
            DoubleOptIn optIn,
            Offered offered,
            LinkTokens tokens,
            Links links,
            Previews previews,
            ReaderExport exports,
            LetterFeeds feeds,
            EditionCalendar calendar,
            SuppressionList suppressions,
            Bounces bounces,
            Speech speech) {
        this.speech = speech;
        this.subscriptions = subscriptions;
        this.optIn = optIn;
        this.offered = offered;
        this.tokens = tokens;
        this.links = links;
        this.previews = previews;
        this.exports = exports;
        this.feeds = feeds;
        this.calendar = calendar;
        this.suppressions = suppressions;
        this.bounces = bounces;
    }

    /**
     * Where the reader stands.
     *
     * @param email shown by a private link alone; null by another
     * @param subscribed whether letters come at all
     * @param pausedUntil null where there is no pause
     * @param pausedInWords the same as it is said
     * @param unreachable whether it is their mailbox, and not they, that made the pause
     * @param returned what came back of their letters, where none are sent for it; null where they are
     * @param suppressed whether none are sent until somebody says otherwise
     * @param notice what has just been done; null where nothing was
     * @param feed address of their letters as a feed, without its ending; null without one, or by an ordinary link
     */
    public record SubscriptionView(
            String address,
            String email,
            boolean subscribed,
            String pausedUntil,
            String pausedInWords,
            boolean unreachable,
            String returned,
            boolean suppressed,
            String notice,
            String unsubscribe,
            String feed) {

        /** How long a private link is good for, in minutes. */
        public int privateFor() {
            return privateMinutes();
        }

        /** The address of the feed as Atom. */
        public String feedAtom() {
            return feed + ".atom";
        }

        /** The same as JSON. */
        public String feedJson() {
            return feed + ".json";
        }

        /** Where they see what was learned about them. */
        public String learned() {
            return address.replace("/preferences/", "/learned/");
        }

        /** Where they ask for another address. */
        public String otherAddress() {
            return address.replace("/preferences/", "/address/");
        }

        /** Whether export and erasure are offered. */
        public boolean mine() {
            return email != null;
        }
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance preferences(FormView view, SubscriptionView standing);

        private Templates() {}
    }

    @GET
    public Response show(String token) {
        return with(token, reader -> page(reader, PreferencesForm.of(reader.preferences()), Map.of(), null, null));
    }

    @POST
    public Response change(
            String token, @FormParam("pause-until") String pauseUntil, @BeanParam SubscriptionFields fields) {
        return with(token, reader -> {
            String action = fields.action == null ? "save" : fields.action;
            return switch (action) {
                case "save", "preview" -> edit(reader, fields.form(), action.equals("preview"));
                case "pause" -> pause(reader, pauseUntil);
                case "resume" -> {
                    subscriptions.pause(reader.id(), null);
                    yield page(reader.again(), speech.reply().lettersComeAgain());
                }
                case "feed" -> reader.mine() ? openFeed(reader) : refuse(reader);
                case "feed-close" -> reader.mine() ? closeFeed(reader) : refuse(reader);
                case "retry" -> retry(reader);
                case "link" -> {
                    optIn.privateLink(reader.id());
                    yield page(reader, speech.reply().privateLinkComing(privateMinutes()));
                }
                case "export" -> reader.mine() ? export(reader) : refuse(reader);
                case "erase" -> reader.mine() ? erase(reader) : refuse(reader);
                default ->
                    page(
                            reader,
                            PreferencesForm.of(reader.preferences()),
                            Map.of("action", speech.reply().noSuchAction()),
                            null,
                            null);
            };
        });
    }

    /** Who holds the link, and by which kind. */
    private final class Holder {
        private final String token;
        private final boolean mine;
        private Subscriber subscriber;

        Holder(String token, boolean mine, Subscriber subscriber) {
            speech.to(subscriber.language);
            this.token = token;
            this.mine = mine;
            this.subscriber = subscriber;
        }

        long id() {
            return subscriber.id;
        }

        boolean mine() {
            return mine;
        }

        Preferences preferences() {
            return subscriber.preferences();
        }

        Holder again() {
            subscriber = subscriptions.find(subscriber.id).orElseThrow(NotFoundException::new);
            speech.to(subscriber.language);
            return this;
        }
    }

    private Response with(String token, Function<Holder, Response> page) {
        return switch (tokens.read(TokenPurpose.PREFERENCES, token)) {
            case LinkTokens.Valid valid -> page.apply(new Holder(token, false, reader(valid.subject())));
            case LinkTokens.Expired expired -> throw new NotFoundException();
            case LinkTokens.Forged forged ->
                switch (tokens.read(TokenPurpose.PRIVATE, token)) {
                    case LinkTokens.Valid valid -> page.apply(new Holder(token, true, reader(valid.subject())));
                    case LinkTokens.Expired expired ->
                        speech.status(
                                410,
                                Message.page(Message.linking(
                                        speech.reply().linkExpired(),
                                        speech.reply().privateLinkExpired(privateMinutes()),
                                        "/subscribe#link",
                                        speech.reply().askForLink())));
                    case LinkTokens.Forged no -> throw new NotFoundException();
                };
        };
    }

    private static int privateMinutes() {
        return (int) TokenPurpose.PRIVATE.lifetime().orElseThrow().toMinutes();
    }

    private Subscriber reader(long id) {
        return subscriptions.find(id).orElseThrow(NotFoundException::new);
    }

    private Response edit(Holder reader, PreferencesForm form, boolean preview) {
        return switch (form.read(offered, reader.preferences())) {
            case PreferencesForm.Faulty(Map<String, Said> faults) ->
                page(reader, form, Faults.in(speech.fault(), faults), null, null);
            case PreferencesForm.Good(Preferences preferences) -> {
                if (preview) {
                    yield page(
                            reader,
                            form,
                            Map.of(),
                            previews.of(
                                    speech.language(),
                                    preferences,
                                    reader(reader.id()).learnedLines()),
                            null);
                }
                subscriptions.save(reader.id(), preferences);
                yield page(reader.again(), speech.reply().saved());
            }
        };
    }

    /** A reader knows better than a report whether their mailbox is there; once a day. */
    private Response retry(Holder reader) {
        String address = EmailAddress.wire(reader.subscriber.email);
        Optional<SuppressionList.Suppression> known = suppressions.find(address);
        if (known.isEmpty() || known.get().isComplaint()) {
            return page(reader, null);
        }
        if (known.get().since().isAfter(calendar.now().minus(BETWEEN_RETRIES))) {
            return page(reader, speech.reply().foundOutJustNow());
        }
        suppressions.remove(address);
        return page(reader, speech.reply().lettersComeAgainOnce());
    }

    /** Such as "on 3 May: mailbox full"; null where letters are sent, or where it is not their mailbox that keeps them. */
    private String returned(Subscriber s, boolean rests, Optional<SuppressionList.Suppression> suppression) {
        if (suppression.isEmpty() && !rests) {
            return null;
        }
        Optional<Bounces.Returned> last = bounces.latest(EmailAddress.wire(s.email));
        Instant at = last.map(Bounces.Returned::at)
                .or(() -> suppression.map(SuppressionList.Suppression::since))
                .orElse(null);
        if (at == null) {
            return null;
        }
        return speech.reply()
                .returnedOn(
                        speech.language()
                                .dayAndMonth(at.atZone(ZoneId.of(s.zone)).toLocalDate()),
                        last.map(r -> speech.reply().returnCause(r.cause())).orElseGet(speech.reply()::noSuchMailbox));
    }

    private Response pause(Holder reader, String until) {
        try {
            LocalDate date = LocalDate.parse(until == null ? "" : until.strip());
            LocalDate today = LocalDate.ofInstant(calendar.now(), ZoneId.of(reader.subscriber.zone));
            if (date.isAfter(today) && !date.isAfter(today.plusDays(LONGEST_PAUSE_DAYS))) {
                subscriptions.pause(reader.id(), date);
                return page(reader.again(), null);
            }
        } catch (DateTimeParseException e) {
            return pauseFault(reader);
        }
        return pauseFault(reader);
    }

    private Response pauseFault(Holder reader) {
        return page(
                reader,
                PreferencesForm.of(reader.preferences()),
                Map.of("pause-until", speech.reply().pauseFault()),
                null,
                null);
    }

    private Response export(Holder reader) {
        return Response.ok(exports.json(reader.subscriber))
                .type(MediaType.APPLICATION_JSON)
                .header("Content-Disposition", "attachment; filename=\"daily-papers.json\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    private Response erase(Holder reader) {
        subscriptions.erase(reader.id());
        return speech.ok(Message.page(
                Message.saying(speech.reply().forgotten(), speech.reply().forgottenAbout())));
    }

    private Response openFeed(Holder reader) {
        feeds.open(reader.id());
        return page(reader, speech.reply().feedOpened());
    }

    private Response closeFeed(Holder reader) {
        feeds.close(reader.id());
        return page(reader, speech.reply().feedClosed());
    }

    private Response refuse(Holder reader) {
        return page(
                reader,
                PreferencesForm.of(reader.preferences()),
                Map.of("action", speech.reply().takesPrivateLink()),
                null,
                null);
    }

    private Response page(Holder reader, String notice) {
        return page(reader, PreferencesForm.of(reader.preferences()), Map.of(), null, notice);
    }

    private Response page(
            Holder reader, PreferencesForm form, Map<String, String> faults, FormView.Preview preview, String notice) {
        Subscriber s = reader.subscriber;
        LocalDate today = LocalDate.ofInstant(calendar.now(), ZoneId.of(s.zone));
        boolean rests = s.pausedOn(today) && s.pauseReason == PauseReason.UNREACHABLE;
        Optional<SuppressionList.Suppression> suppression =
                suppressions.find(EmailAddress.wire(s.email)).filter(known -> !known.isComplaint());
        var standing = new SubscriptionView(
                "/preferences/" + reader.token,
                reader.mine() ? s.email : null,
                s.consent == Consent.CONFIRMED,
                s.pausedOn(today) ? s.pauseUntil.toString() : null,
                s.pausedOn(today) ? speech.language().longDate(s.pauseUntil) : null,
                s.pauseReason == PauseReason.UNREACHABLE,
                returned(s, rests, suppression),
                suppression.isPresent(),
                notice,
                links.unsubscribe(s.id, calendar.now()).getRawPath(),
                reader.mine() ? feeds.address(s.id).map(URI::toString).orElse(null) : null);
        return speech.status(
                faults.isEmpty() ? 200 : 400,
                Templates.preferences(
                        FormView.of(form, offered.topics(), ZoneId.of(s.zone), faults, preview, speech.language()),
                        standing));
    }
}
