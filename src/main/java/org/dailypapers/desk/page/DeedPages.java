package org.dailypapers.desk.page;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;
import org.dailypapers.desk.TestLetters;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.operator.Right;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.web.Html;

/** The buttons of the day: each page tells what will happen, and the press does it. */
@Path("/desk/deeds")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class DeedPages {

    private static final String HOME = "/desk";

    private final Deeds deeds;
    private final TestLetters letters;
    private final Visitor visitor;

    DeedPages(Deeds deeds, TestLetters letters, Visitor visitor) {
        this.deeds = deeds;
        this.letters = letters;
        this.visitor = visitor;
    }

    /** What closing does. */
    @GET
    @Path("/close")
    @Needs(Right.RUN)
    public Response closing() {
        LocalDate open = deeds.open();
        boolean held = deeds.isHeld(open);
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                "Close the edition of " + open + " now?",
                (held ? "It is held: this closes it all the same. " : "")
                        + "It takes no more papers and is ranked as it stands; papers that arrive later join the next one. Letters"
                        + " for it are composed as each reader's hour comes. An edition cannot be opened again.",
                "/desk/deeds/close?edition=" + open + (held ? "&held=true" : ""),
                "Close it",
                HOME)));
    }

    /** Closes. */
    @POST
    @Path("/close")
    @Needs(Right.RUN)
    public Response close(
            @QueryParam("edition") @DefaultValue("") String edition,
            @QueryParam("held") @DefaultValue("false") boolean held) {
        LocalDate date = date(edition);
        if (!date.equals(deeds.open())) {
            return Html.status(
                    409,
                    DeskPage.message("Not done", "The edition of " + date + " is closed already.", HOME, "To Today"));
        }
        if (deeds.isHeld(date) && !held) {
            return Html.status(
                    409,
                    DeskPage.message(
                            "Not done",
                            "The edition of " + date + " has been held meanwhile.",
                            "/desk/editions/" + date,
                            "To the edition"));
        }
        return begun("close", "edition " + date, () -> deeds.close(date));
    }

    /** What fetching does. */
    @GET
    @Path("/fetch")
    @Needs(Right.RUN)
    public Response fetching() {
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                "Ask the sources now?",
                "Asked are, one after the other: " + String.join(", ", deeds.sources())
                        + ". What is new joins the open edition. A source that did not want to be asked is asked all the"
                        + " same.",
                "/desk/deeds/fetch",
                "Fetch",
                HOME)));
    }

    /** Fetches. */
    @POST
    @Path("/fetch")
    @Needs(Right.RUN)
    public Response fetch() {
        return begun("fetch", "sources", deeds::fetch);
    }

    /** What a test letter is. */
    @GET
    @Path("/test")
    @Needs(Right.LOOK)
    public Response testing() {
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                "Send yourself a test letter?",
                "A short letter goes to " + visitor.operator().email()
                        + " by the way that all letters go. It counts as nobody's digest.",
                "/desk/deeds/test",
                "Send it",
                HOME)));
    }

    /** Sends one. */
    @POST
    @Path("/test")
    @Needs(Right.LOOK)
    public Response test() {
        visitor.notes("test letter", "operator " + visitor.operator().email(), "");
        letters.queue(visitor.operator());
        return DeskPage.to("/desk/deeds/test/sent");
    }

    /** What became of it. */
    @GET
    @Path("/test/sent")
    @Needs(Right.LOOK)
    public Response sent() {
        String said = letters.status(visitor.operator()).map(DeedPages::words).orElse("None was sent.");
        return Html.ok(DeskPage.message("Your test letter", said, HOME, "To Today"));
    }

    private static String words(Outbox.MessageStatus status) {
        String reply = status.lastReply() == null ? "" : " " + status.lastReply();
        return switch (status.state()) {
            case QUEUED ->
                status.attempts() == 0
                        ? "It leaves in a moment; open this page again to see how it went."
                        : "It was put off and is tried again." + reply;
            case ACCEPTED -> "It was accepted." + reply;
            case REJECTED -> "It was refused." + reply;
            case EXPIRED -> "It could not be delivered within an hour." + reply;
            case WITHDRAWN -> "It was not sent." + reply;
        };
    }

    /** What sending again does. */
    @GET
    @Path("/retry")
    @Needs(Right.RUN)
    public Response retrying(@QueryParam("edition") @DefaultValue("") String edition) {
        LocalDate date = edition.isEmpty() ? deeds.closed().orElseThrow(NotFoundException::new) : date(edition);
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                "Send again what failed of " + date + "?",
                "The digests of " + date
                        + " that were refused, expired or came back are queued again, the same letters as"
                        + " before; but not to whoever left, rests, is suppressed or had those papers since.",
                "/desk/deeds/retry?edition=" + date,
                "Send again",
                HOME)));
    }

    /** Sends again. */
    @POST
    @Path("/retry")
    @Needs(Right.RUN)
    public Response retry(@QueryParam("edition") @DefaultValue("") String edition) {
        LocalDate date = date(edition);
        return begun("retry", "edition " + date, () -> deeds.retry(date));
    }

    private Response begun(String act, String object, Supplier<Boolean> deed) {
        visitor.notes(act, object, "");
        return deed.get()
                ? DeskPage.to(HOME)
                : Html.status(
                        409,
                        DeskPage.message(
                                "Not just now",
                                "Something else that was asked for at the desk is still under way.",
                                HOME,
                                "To Today"));
    }

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new NotFoundException();
        }
    }
}
