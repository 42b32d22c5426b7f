package org.dailypapers.mailbox;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.dailypapers.web.LocalClient;
import org.jspecify.annotations.Nullable;

/**
 * The reading page of the caught mail. It exists only where the catcher runs, and only for clients on this machine: to
 * everybody else each of its addresses is a 404.
 */
@Path("/mailbox")
@Blocking
public class MailboxPages {

    private static final String NUMBER = "{n: [1-9][0-9]{0,8}}";

    @CheckedTemplate(basePath = "mailbox")
    static class Templates {

        private Templates() {}

        static native TemplateInstance list(ListPage page);

        static native TemplateInstance letter(LetterPage page);
    }

    /**
     * What a page of the list shows.
     *
     * @param port where the catcher listens
     * @param count how many letters are kept in all
     * @param older the number of the next page; none on the last
     * @param newer the number of the page before; none on the first
     */
    record ListPage(
            int port,
            int count,
            List<Line> lines,
            @Nullable Integer older,
            @Nullable Integer newer) {}

    /** A letter in the list. */
    record Line(int number, String from, String to, String subject, String received, String size) {}

    private final MailboxServer server;
    private final Clock clock;

    @Inject
    MailboxPages(MailboxServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** The letters caught, newest first. */
    @GET
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance list(
            @Context HttpServerRequest request, @QueryParam("page") @DefaultValue("1") String asked) {
        CaughtMail mail = mailFor(request);
        int page = asked.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(asked) : 1;
        return Templates.list(new ListPage(
                server.port().orElse(0),
                mail.count(),
                mail.page(page).stream().map(this::line).toList(),
                mail.page(page + 1).isEmpty() ? null : page + 1,
                page == 1 ? null : page - 1));
    }

    /** A letter as a mail program shows it. */
    @GET
    @Path(NUMBER)
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance letter(
            @Context HttpServerRequest request, @PathParam("n") int n, @QueryParam("view") String view) {
        CaughtMail mail = mailFor(request);
        return Templates.letter(
                LetterPage.of(letterOf(mail, n), bytesOf(mail, n), mail, Optional.ofNullable(view), clock.getZone()));
    }

    /** A letter's HTML alone, for the frame within its page: inert by its {@linkplain HtmlPart#POLICY policy}. */
    @GET
    @Path(NUMBER + "/html")
    public Response html(@Context HttpServerRequest request, @PathParam("n") int n) {
        String html = LetterBody.read(bytesOf(mailFor(request), n))
                .html()
                .orElseThrow(() -> new NotFoundException("letter " + n + " has no HTML part"));
        return Response.ok(HtmlPart.opensOutside(html))
                .type("text/html;charset=utf-8")
                .header("Content-Security-Policy", HtmlPart.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** A letter's bytes as they came; a download, for some browsers would render them. */
    @GET
    @Path(NUMBER + ".eml")
    public Response source(@Context HttpServerRequest request, @PathParam("n") int n) {
        return Response.ok(bytesOf(mailFor(request), n))
                .type("message/rfc822")
                .header("Content-Disposition", "attachment; filename=\"letter-" + n + ".eml\"")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cache-Control", "no-store")
                .build();
    }

    private CaughtMail mailFor(HttpServerRequest request) {
        return server.mail().filter(mail -> LocalClient.sent(request)).orElseThrow(NotFoundException::new);
    }

    private static Letter letterOf(CaughtMail mail, int n) {
        return mail.letter(n).orElseThrow(() -> new NotFoundException("the mailbox has no letter " + n));
    }

    private static byte[] bytesOf(CaughtMail mail, int n) {
        try {
            return letterOf(mail, n).bytes();
        } catch (UncheckedIOException removed) {
            throw new NotFoundException(removed);
        }
    }

    private Line line(Letter letter) {
        LetterHead head = LetterHead.read(letter.head());
        return new Line(
                letter.number(),
                head.from(),
                head.to(),
                head.subject(),
                LetterPage.moment(letter.received(), clock.getZone()),
                LetterPage.size(letter.size()));
    }
}
