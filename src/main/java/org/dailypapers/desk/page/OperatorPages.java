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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dailypapers.desk.door.DeskPage;
import org.dailypapers.desk.door.Needs;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.door.Visitor;
import org.dailypapers.operator.AuditTrail;
import org.dailypapers.operator.Operator;
import org.dailypapers.operator.Operators;
import org.dailypapers.operator.Right;
import org.dailypapers.operator.Role;
import org.dailypapers.token.Links;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/** Who runs the service, and what they did. */
@Path("/desk")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class OperatorPages {

    private static final String HERE = "/desk/operators";
    private static final int ENTRIES = 100;

    private final Operators operators;
    private final AuditTrail audit;
    private final Visitor visitor;
    private final Links links;

    OperatorPages(Operators operators, AuditTrail audit, Visitor visitor, Links links) {
        this.operators = operators;
        this.audit = audit;
        this.visitor = visitor;
        this.links = links;
    }

    @CheckedTemplate(basePath = "desk")
    static class Templates {
        static native TemplateInstance operators(List<Operator> operators, List<Role> roles, @Nullable String fault);

        static native TemplateInstance invited(String email, URI link);

        static native TemplateInstance trail(List<Line> entries, boolean broken, @Nullable String said, long next);

        private Templates() {}
    }

    /** An entry of the trail, as it is shown. */
    record Line(long id, String when, String actor, String act, String object, String detail) {}

    /** All of them. */
    @GET
    @Path("/operators")
    @Needs(Right.OWN)
    public Response all() {
        return Html.ok(page(null));
    }

    private String actor() {
        return visitor.operator().email();
    }

    private TemplateInstance page(@Nullable String fault) {
        return Templates.operators(operators.all(), List.of(Role.values()), fault);
    }

    /** Makes a link for a new one. */
    @POST
    @Path("/operators")
    @Needs(Right.OWN)
    public Response invite(
            @FormParam("email") @DefaultValue("") String email, @FormParam("role") @DefaultValue("") String role) {
        Optional<Role> chosen = Role.of(role);
        if (chosen.isEmpty()) {
            return Html.status(400, page("There is no such role."));
        }
        try {
            String token = operators.invite(email, chosen.get(), actor());
            return Html.ok(Templates.invited(email.strip(), links.page("/desk/welcome/" + token)));
        } catch (IllegalArgumentException e) {
            return Html.status(400, page(String.valueOf(e.getMessage())));
        }
    }

    /** Gives another role. */
    @POST
    @Path("/operators/{id}/role")
    @Needs(Right.OWN)
    public Response change(@PathParam("id") long id, @FormParam("role") @DefaultValue("") String role) {
        Operator operator = operators.find(id).orElseThrow(NotFoundException::new);
        Optional<Role> chosen = Role.of(role);
        if (chosen.isEmpty()) {
            return Html.status(400, page("There is no such role."));
        }
        try {
            operators.change(operator, chosen.get(), actor());
        } catch (IllegalArgumentException e) {
            return Html.status(400, page(String.valueOf(e.getMessage())));
        }
        return DeskPage.to(HERE);
    }

    /** What removing one does. */
    @GET
    @Path("/operators/{id}/remove")
    @Needs(Right.OWN)
    public Response removal(@PathParam("id") long id) {
        Operator operator = operators.find(id).orElseThrow(NotFoundException::new);
        return Html.ok(DeskPage.confirm(new DeskPage.Act(
                "Remove " + operator.email() + "?",
                "Their sessions and tokens end at once. What they did stays in the trail.",
                "/desk/operators/" + id + "/remove",
                "Remove",
                HERE)));
    }

    /** Removes one. */
    @POST
    @Path("/operators/{id}/remove")
    @Needs(Right.OWN)
    public Response remove(@PathParam("id") long id) {
        Operator operator = operators.find(id).orElseThrow(NotFoundException::new);
        try {
            operators.remove(operator, actor());
        } catch (IllegalArgumentException e) {
            return Html.status(400, page(String.valueOf(e.getMessage())));
        }
        return DeskPage.to(HERE);
    }

    /** What they did, newest first. */
    @GET
    @Path("/trail")
    @Needs(Right.OWN)
    public Response trail(@QueryParam("before") @DefaultValue("" + Long.MAX_VALUE) long before) {
        List<Line> lines = audit.before(before, ENTRIES).stream()
                .map(entry -> new Line(
                        entry.id(), Times.of(entry.at()), entry.actor(), entry.act(), entry.object(), entry.detail()))
                .toList();
        boolean newest = before == Long.MAX_VALUE;
        OptionalLong broken = newest ? audit.broken() : OptionalLong.empty();
        return Html.ok(Templates.trail(
                lines,
                broken.isPresent(),
                newest ? said(broken) : null,
                lines.size() == ENTRIES ? lines.getLast().id() : 0));
    }

    private static String said(OptionalLong broken) {
        return broken.isPresent()
                ? "Entry " + broken.getAsLong()
                        + " does not follow from the one before it: somebody changed the trail in the database."
                : "Each entry follows from the one before it. That does not show whether the newest were taken away, or"
                        + " all from some entry on written anew.";
    }
}
