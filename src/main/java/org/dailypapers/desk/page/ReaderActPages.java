package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import org.dailypapers.audience.Audience;
import org.dailypapers.audience.ReaderActs;
import org.dailypapers.audience.ReaderActs.Outcome;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.desk.figure.ReaderFigures;
import org.dailypapers.operator.Right;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** One reader: what is known of them, and what is done for them. */
@Path("/desk/readers/{id}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ReaderActPages {

    private final Audience audience;
    private final ReaderActs acts;
    private final Subscriptions subscriptions;
    private final ReaderShown shown;
    private final ReaderFigures figures;
    private final Visitor visitor;

    ReaderActPages(
            Audience audience,
            ReaderActs acts,
            Subscriptions subscriptions,
            ReaderShown shown,
            ReaderFigures figures,
            Visitor visitor) {
        this.audience = audience;
        this.acts = acts;
        this.subscriptions = subscriptions;
        this.shown = shown;
        this.figures = figures;
        this.visitor = visitor;
    }

    @CheckedTemplate(basePath = "desk", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance reader(ReaderView view);

        static native TemplateInstance readerAct(
                String email,
                String title,
                String text,
                String action,
                String button,
                String back,
                boolean until,
                boolean address);

        private Templates() {}
    }

    /** What can be done for a reader, and what it means. */
    enum Act {
        UNSUBSCRIBE(
                "Unsubscribe",
                "Unsubscribe them?",
                "No more letters go to them, from this moment. They come back by their own act alone; nobody at the desk can"
                        + " subscribe them again."),
        PAUSE(
                "Let letters rest",
                "Let their letters rest?",
                "Nothing is sent until the day that you choose; then letters go on, with what they missed."),
        RESUME(
                "Let letters go on",
                "Let their letters go on?",
                "Their pause ends now; the next letter comes at their hour."),
        RESEND(
                "Send the last letter again",
                "Send the last letter again?",
                "To a reader their newest digest leaves once more, the same letter; to who has not pressed the button yet,"
                        + " the confirmation."),
        ADDRESS(
                "Change the address",
                "Change their address?",
                "A letter with a button goes to the new address, and a notice to the old one, by which the change can be"
                        + " called off. Nothing changes until the button is pressed; what they chose and were sent stays theirs."),
        RELEASE(
                "Release the address",
                "Let the address be written to again?",
                "The mail system said that it takes no letters, or its owner complained; letters go there again, and if they"
                        + " are refused it is suppressed anew. Consent stays what it is."),
        EXPORT(
                "Export",
                "Export what is kept about them?",
                "A file with everything that is kept: for the reader who asks for it, and nobody else."),
        ERASE(
                "Erase",
                "Erase them?",
                "Address, interests and letters are forgotten, and that cannot be taken back. A code without the address"
                        + " keeps lists from bringing them back.");

        private final String button;
        private final String title;
        private final String text;

        Act(String button, String title, String text) {
            this.button = button;
            this.title = title;
            this.text = text;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        String button() {
            return button;
        }

        static Act of(String id) {
            return Arrays.stream(values())
                    .filter(act -> act.id().equals(id))
                    .findFirst()
                    .orElseThrow(NotFoundException::new);
        }
    }

    /** All that is known. */
    @GET
    @Needs(Right.SERVE)
    public Response reader(@PathParam("id") long id) {
        return Html.ok(page(subscriber(id), null));
    }

    private TemplateInstance page(Subscriber subscriber, @Nullable String said) {
        return Templates.reader(shown.of(subscriber, audience.of(address(subscriber)), said));
    }

    private Subscriber subscriber(long id) {
        return subscriptions.find(id).orElseThrow(NotFoundException::new);
    }

    private static EmailAddress address(Subscriber subscriber) {
        return new EmailAddress(subscriber.email, subscriber.emailKey);
    }

    /** What an act does. */
    @GET
    @Path("/{act}")
    @Needs(Right.SERVE)
    public Response ask(@PathParam("id") long id, @PathParam("act") String name) {
        Act act = Act.of(name);
        Subscriber subscriber = subscriber(id);
        String back = "/desk/readers/" + id;
        return Html.ok(Templates.readerAct(
                subscriber.email,
                act.title,
                act.text,
                back + "/" + act.id(),
                act.button,
                back,
                act == Act.PAUSE,
                act == Act.ADDRESS));
    }

    /** Does it. */
    @POST
    @Path("/{act}")
    @Needs(Right.SERVE)
    public Response act(
            @PathParam("id") long id,
            @PathParam("act") String name,
            @FormParam("until") @DefaultValue("") String until,
            @FormParam("email") @DefaultValue("") String email) {
        Act act = Act.of(name);
        Subscriber subscriber = subscriber(id);
        EmailAddress address = address(subscriber);
        visitor.notes("reader " + act.id(), "reader " + id, until);
        if (act == Act.EXPORT) {
            byte[] all = acts.export(address).orElseThrow(NotFoundException::new);
            return Response.ok(all)
                    .type(MediaType.APPLICATION_JSON)
                    .header("Content-Disposition", "attachment; filename=\"reader-" + id + ".json\"")
                    .build();
        }
        Outcome outcome =
                switch (act) {
                    case UNSUBSCRIBE ->
                        acts.unsubscribe(address, visitor.operator().email());
                    case PAUSE -> pause(address, until);
                    case RESUME -> acts.resume(address);
                    case RESEND -> acts.resend(address);
                    case ADDRESS -> changeAddress(address, email);
                    case RELEASE -> acts.release(address);
                    case ERASE -> acts.erase(address);
                    case EXPORT -> throw new IllegalStateException("An export is a file");
                };
        figures.changed();
        if (act == Act.ERASE && outcome.done()) {
            return Html.ok(DeskPage.message("Erased", outcome.said(), "/desk/readers", "To the readers"));
        }
        return Html.status(outcome.done() ? 200 : 409, page(subscriber(id), outcome.said()));
    }

    private Outcome changeAddress(EmailAddress address, String email) {
        return switch (EmailAddress.read(email)) {
            case EmailAddress.Good(EmailAddress to) ->
                acts.changeAddress(address, to, visitor.operator().email());
            case EmailAddress.Faulty faulty -> new Outcome(false, "That is no e-mail address. " + faulty.reason());
        };
    }

    private Outcome pause(EmailAddress address, String until) {
        try {
            return acts.pause(address, LocalDate.parse(until));
        } catch (DateTimeParseException e) {
            return new Outcome(false, "Say until which day, such as 2026-01-31.");
        }
    }
}
