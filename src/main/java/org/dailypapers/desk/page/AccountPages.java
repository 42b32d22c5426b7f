package org.dailypapers.desk.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.desk.door.DeskDoor;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.operator.ApiTokens;
import org.dailypapers.operator.Right;
import org.dailypapers.operator.Sessions;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** An operator's own account: tokens and sessions. */
@Path("/desk/account")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class AccountPages {

    private static final int LONGEST_NAME = 100;

    private final ApiTokens tokens;
    private final Sessions sessions;
    private final Visitor visitor;

    AccountPages(ApiTokens tokens, Sessions sessions, Visitor visitor) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.visitor = visitor;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance account(
                List<Token> tokens, List<Right> rights, @Nullable String made, @Nullable String fault);

        private Templates() {}
    }

    /** A token, as it is shown. */
    record Token(long id, String name, String may, String ends, String used) {}

    /** The account. */
    @GET
    @Needs(Right.LOOK)
    public Response account() {
        return Html.ok(page(null, null));
    }

    private TemplateInstance page(@Nullable String made, @Nullable String fault) {
        return Templates.account(
                tokens.of(visitor.operator()).stream()
                        .map(token -> new Token(
                                token.id(),
                                token.name(),
                                token.rights().stream()
                                        .sorted()
                                        .map(Right::words)
                                        .collect(Collectors.joining("; ")),
                                Times.of(token.endsAt()),
                                Times.of(token.usedAt())))
                        .toList(),
                Arrays.stream(Right.values()).filter(visitor::may).toList(),
                made,
                fault);
    }

    /** Makes a token. */
    @POST
    @Path("/tokens")
    @Needs(Right.LOOK)
    public Response make(@FormParam("name") @DefaultValue("") String name, @FormParam("right") List<String> names) {
        Set<Right> rights = Arrays.stream(Right.values())
                .filter(right -> names.contains(right.name()) && visitor.may(right))
                .collect(Collectors.toSet());
        if (name.isBlank() || name.length() > LONGEST_NAME || rights.isEmpty()) {
            return Html.status(400, page(null, "A token has a name of at most 100 characters, and may do something."));
        }
        visitor.notes("token", "made", name.strip());
        return Html.ok(page(tokens.make(visitor.operator(), name.strip(), rights), null));
    }

    /** Ends a token. */
    @POST
    @Path("/tokens/{id}/end")
    @Needs(Right.LOOK)
    public Response end(@PathParam("id") long id) {
        if (tokens.end(visitor.operator(), id)) {
            visitor.notes("token", "ended", "No. " + id);
        }
        return DeskPage.to("/desk/account");
    }

    /** Signs out everywhere. */
    @POST
    @Path("/leave")
    @Needs(Right.LOOK)
    public Response leave() {
        visitor.notes("sign-out", "everywhere", "");
        sessions.endAll(visitor.operator());
        return DeskPage.to(DeskDoor.SIGN_IN);
    }
}
