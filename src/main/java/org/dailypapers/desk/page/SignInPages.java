package org.dailypapers.desk.page;

import io.nayuki.qrcodegen.QrCode;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.ForStrangers;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.letter.Masthead;
import org.dailypapers.operator.AuditTrail;
import org.dailypapers.operator.Busy;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Right;
import org.dailypapers.operator.Sessions;
import org.dailypapers.operator.SignIn;
import org.dailypapers.site.connection.Clients;
import org.dailypapers.token.Links;
import org.dailypapers.web.Html;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and the one-time link by which an operator begins. */
@Path("/desk")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class SignInPages {

    private static final Logger LOG = Logger.getLogger(SignInPages.class);
    private static final String HOME = "/desk";

    /** ISO/IEC 18004 asks for four modules of light around a code. */
    private static final int QUIET = 4;

    private final SignIn signIn;
    private final Sessions sessions;
    private final Operators operators;
    private final AuditTrail audit;
    private final Visitor visitor;
    private final Clients clients;
    private final Links links;
    private final Masthead masthead;

    SignInPages(
            SignIn signIn,
            Sessions sessions,
            Operators operators,
            AuditTrail audit,
            Visitor visitor,
            Clients clients,
            Links links,
            Masthead masthead) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.operators = operators;
        this.audit = audit;
        this.visitor = visitor;
        this.clients = clients;
        this.links = links;
        this.masthead = masthead;
    }

    @CheckedTemplate(basePath = "desk", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        static native TemplateInstance signIn(String to, String email, @Nullable String fault);

        static native TemplateInstance welcome(Beginning beginning, @Nullable String fault);

        static native TemplateInstance enrolled(List<String> codes);

        private Templates() {}
    }

    /**
     * What the page of a one-time link shows.
     *
     * @param secret in groups of four
     * @param squares the QR code, as the path of an SVG
     */
    record Beginning(Operator operator, String action, String secret, String address, int side, String squares) {}

    @ServerExceptionMapper
    Response busy(Busy e) {
        return Response.fromResponse(Html.status(
                        503,
                        DeskPage.message(
                                "Not just now",
                                "Too many sign in at the same time. Nothing was done; please try again in a minute.")))
                .header("Retry-After", 60)
                .build();
    }

    /** The form. */
    @GET
    @Path("/sign-in")
    @ForStrangers
    public Response form(@QueryParam("to") @DefaultValue(HOME) String to) {
        return visitor.isKnown() ? DeskPage.to(HOME) : Html.ok(Templates.signIn(ours(to), "", null));
    }

    /** Signs in. */
    @POST
    @Path("/sign-in")
    @ForStrangers
    public Response signIn(
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("code") @DefaultValue("") String code,
            @FormParam("to") @DefaultValue(HOME) String to,
            @CookieParam(DeskDoor.COOKIE) @Nullable String before,
            @Context HttpServerRequest request) {
        return switch (signIn.attempt(email, password, code, clients.of(request))) {
            case SignIn.Wrong wrong -> {
                LOG.info("A sign-in at the desk failed");
                yield Html.status(
                        400,
                        Templates.signIn(
                                ours(to),
                                email,
                                "Address, password and code do not fit together. A code is good once: wait for the next"
                                        + " one."));
            }
            case SignIn.Locked locked -> {
                LOG.warn("Too many sign-ins at the desk fail; it is closed to that account or client for a while");
                yield Html.status(
                        429,
                        Templates.signIn(
                                ours(to), email, "Too many tries have failed; try again in a quarter of an hour."));
            }
            case SignIn.Welcome welcome -> {
                audit.note(
                        welcome.operator().email(),
                        "sign-in",
                        "desk",
                        welcome.recoveryCodesLeft().isPresent()
                                ? "by a recovery code; left: "
                                        + welcome.recoveryCodesLeft().getAsLong()
                                : "");
                yield Response.seeOther(URI.create(ours(to)))
                        .cookie(cookie(sessions.begin(welcome.operator(), before)))
                        .build();
            }
        };
    }

    /** Signs out. */
    @POST
    @Path("/sign-out")
    @Needs(Right.LOOK)
    public Response signOut(@CookieParam(DeskDoor.COOKIE) @Nullable String token) {
        visitor.notes("sign-out", "desk", "");
        sessions.end(token);
        return Response.seeOther(URI.create(DeskDoor.SIGN_IN))
                .cookie(new NewCookie.Builder(cookie("")).maxAge(0).build())
                .build();
    }

    /** What a one-time link shows; looking at it changes nothing. */
    @GET
    @Path("/welcome/{token}")
    @ForStrangers
    public Response welcome(String token) {
        return Html.ok(Templates.welcome(beginning(token), null));
    }

    /** Takes the password. */
    @POST
    @Path("/welcome/{token}")
    @ForStrangers
    public Response begin(
            String token,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("code") @DefaultValue("") String code) {
        Beginning beginning = beginning(token);
        return switch (operators.enrol(token, password, code)) {
            case Operators.Refused(String reason) -> Html.status(400, Templates.welcome(beginning, reason));
            case Operators.Enrolled(Operator operator, List<String> codes) ->
                Response.fromResponse(Html.ok(Templates.enrolled(codes)))
                        .cookie(cookie(sessions.begin(operator, null)))
                        .build();
        };
    }

    private Beginning beginning(String token) {
        Operators.Invitation invitation =
                operators.invitation(token, masthead.name()).orElseThrow(NotFoundException::new);
        QrCode code = QrCode.encodeText(invitation.address(), QrCode.Ecc.MEDIUM);
        var squares = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    squares.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        return new Beginning(
                invitation.operator(),
                "/desk/welcome/" + token,
                invitation.secret().replaceAll("(.{4})(?=.)", "$1 "),
                invitation.address(),
                code.size + 2 * QUIET,
                squares.toString());
    }

    private NewCookie cookie(String value) {
        return new NewCookie.Builder(DeskDoor.COOKIE)
                .value(value)
                .path("/desk")
                .httpOnly(true)
                .secure("https".equals(links.base().getScheme()))
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    /** A page of the desk, wherever a link would lead. */
    private static String ours(String to) {
        return to.matches("/desk(/[A-Za-z0-9/._~%-]*)?(\\?[A-Za-z0-9=&._~%+-]*)?") && !to.contains("//") ? to : HOME;
    }
}
