package org.dailypapers.site;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.language.Said;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.site.answer.EvenAnswers;
import org.dailypapers.site.answer.Message;
import org.dailypapers.site.answer.SignUpShare;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.subscriber.DoubleOptIn;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.preference.Offered;
import org.dailypapers.subscriber.preference.Preferences;
import org.dailypapers.subscriber.preference.PreferencesForm;

/** Signing up: the form, and the asking for a link. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class SubscribePages {

    /** Of what a link writes into a field. */
    private static final int LONGEST_WRITTEN = 2_000;

    private final DoubleOptIn optIn;
    private final Welcome welcome;
    private final Offered offered;
    private final Previews previews;
    private final EditionCalendar calendar;
    private final EvenAnswers answers;
    private final SignUpShare share;
    private final Speech speech;

    SubscribePages(
            DoubleOptIn optIn,
            Welcome welcome,
            Offered offered,
            Previews previews,
            EditionCalendar calendar,
            EvenAnswers answers,
            SignUpShare share,
            Speech speech) {
        this.speech = speech;
        this.optIn = optIn;
        this.welcome = welcome;
        this.offered = offered;
        this.previews = previews;
        this.calendar = calendar;
        this.answers = answers;
        this.share = share;
    }

    @CheckedTemplate(basePath = "page")
    static class Templates {
        static native TemplateInstance subscribe(FormView view, String email, boolean doubted, boolean person);

        private Templates() {}
    }

    /** The form, with what a link has written into it. */
    @GET
    @Path("subscribe")
    public Response form(
            @QueryParam("topic") List<String> topic,
            @QueryParam("keywords") List<String> keywords,
            @QueryParam("author") List<String> author) {
        PreferencesForm empty =
                PreferencesForm.of(Preferences.standard(calendar.zone()).in(speech.language()));
        return speech.ok(page(
                new PreferencesForm(
                        topic.stream()
                                .filter(slug -> offered.topics().find(slug).isPresent())
                                .distinct()
                                .toList(),
                        written(keywords),
                        written(author),
                        empty.frequency(),
                        empty.weekday(),
                        empty.hour(),
                        empty.timezone(),
                        empty.size(),
                        empty.fill(),
                        empty.minVotes(),
                        empty.language()),
                "",
                Map.of(),
                null,
                new Honeypot()));
    }

    private static String written(List<String> lines) {
        String text = String.join("\n", lines);
        return text.length() > LONGEST_WRITTEN ? "" : text;
    }

    private TemplateInstance page(
            PreferencesForm form,
            String email,
            Map<String, String> faults,
            FormView.Preview preview,
            Honeypot honeypot) {
        return Templates.subscribe(
                FormView.of(form, offered.topics(), calendar.zone(), faults, preview, speech.language()),
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
        Preferences defaults = Preferences.standard(calendar.zone()).in(speech.language());
        PreferencesForm posted = fields.form();
        PreferencesForm form = posted.over(defaults);
        boolean preview = "preview".equals(fields.action);
        return switch (form.read(offered, defaults)) {
            case PreferencesForm.Faulty(Map<String, Said> faults) -> {
                Map<String, String> all = Faults.in(speech.fault(), faults);
                if (!preview) {
                    all.putAll(faults(EmailAddress.read(typed), honeypot));
                }
                yield now(speech.status(400, page(form, typed, all, null, honeypot)));
            }
            case PreferencesForm.Good(Preferences preferences) -> {
                if (preview) {
                    yield now(speech.ok(
                            page(form, typed, Map.of(), previews.of(speech.language(), preferences), honeypot)));
                }
                EmailAddress.Reading read = EmailAddress.read(typed);
                Map<String, String> faults = faults(read, honeypot);
                yield faults.isEmpty() && read instanceof EmailAddress.Good(EmailAddress address)
                        ? answers.to(asked, asked(address, preferences, named(posted)))
                        : now(speech.status(400, page(form, typed, faults, null, honeypot)));
            }
        };
    }

    private static Uni<Response> now(Response answer) {
        return Uni.createFrom().item(answer);
    }

    private String fault(EmailAddress.Faulty faulty) {
        return speech.fault().noEmailAddress(faulty.fault().in(speech.fault()));
    }

    private Map<String, String> faults(EmailAddress.Reading email, Honeypot honeypot) {
        var faults = new LinkedHashMap<String, String>();
        if (email instanceof EmailAddress.Faulty faulty) {
            faults.put("email", fault(faulty));
        }
        if (honeypot.doubtful()) {
            faults.put("person", speech.reply().tickOnce());
        }
        return faults;
    }

    /** Whether the language was chosen, by the form or by the address of the page, and is not the browser's alone. */
    private boolean named(PreferencesForm form) {
        return form.language() != null && !form.language().isBlank()
                || speech.spoken().asked();
    }

    private Response asked(EmailAddress address, Preferences preferences, boolean languageChosen) {
        share.take(() -> optIn.request(address, preferences, languageChosen));
        return speech.ok(Message.page(welcome.asked(speech.language(), address)));
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
                now(speech.status(
                        400,
                        page(
                                PreferencesForm.of(
                                        Preferences.standard(calendar.zone()).in(speech.language())),
                                typed,
                                Map.of("link", fault(faulty)),
                                null,
                                new Honeypot())));
        };
    }

    private Response linked(EmailAddress address) {
        share.take(() -> optIn.link(address));
        return speech.ok(Message.page(welcome.linked(speech.language(), address)));
    }
}
