package org.dailypapers.desk.door;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dailypapers.operator.ApiTokens;
import org.dailypapers.operator.Sessions;
import org.dailypapers.web.Html;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody to the desk who has not signed in, nobody to what their role leaves out, and no form in that is not of the
 * session at hand. A route that does not say what it needs is closed to all.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
public class DeskDoor implements ContainerRequestFilter {

    /** What a browser has of its session. */
    public static final String COOKIE = "desk";
    /** Where whoever has not signed in is sent. */
    public static final String SIGN_IN = "/desk/sign-in";

    private static final String ROOM = "org.dailypapers.desk.page";
    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final ApiTokens tokens;
    private final Visitor visitor;
    private final CurrentVertxRequest current;

    @Context
    @SuppressWarnings("NullAway.Init") // set for each request
    ResourceInfo route;

    DeskDoor(Sessions sessions, ApiTokens tokens, Visitor visitor, CurrentVertxRequest current) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.visitor = visitor;
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!route.getResourceClass().getPackageName().startsWith(ROOM)) {
            return;
        }
        if (request.getUriInfo().getPath().startsWith("/api/")) {
            script(request);
        } else {
            page(request);
        }
    }

    private void page(ContainerRequestContext request) {
        @Nullable Cookie cookie = request.getCookies().get(COOKIE);
        sessions.find(cookie == null ? null : cookie.getValue()).ifPresent(visitor::enter);
        boolean look = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (route.getResourceMethod().isAnnotationPresent(ForStrangers.class)) {
            return;
        }
        Needs needs = route.getResourceMethod().getAnnotation(Needs.class);
        if (!visitor.isKnown()) {
            request.abortWith(Response.seeOther(URI.create(SIGN_IN + (look ? "?to=" + here(request) : "")))
                    .build());
        } else if (needs == null || !visitor.may(needs.value())) {
            request.abortWith(Html.status(
                    403,
                    DeskPage.message(
                            "Not yours to do",
                            "You are signed in as " + visitor.operator().role().word() + ", who "
                                    + visitor.operator().role().about() + ".")));
        } else if (!look && !hasCsrf()) {
            request.abortWith(Html.status(
                    403,
                    DeskPage.message(
                            "Please send it again",
                            "This form was not made for the session that you are signed in with. Nothing was changed;"
                                    + " open the page again.")));
        }
    }

    private static String here(ContainerRequestContext request) {
        return URLEncoder.encode(
                request.getUriInfo().getRequestUri().getRawPath()
                        + Optional.ofNullable(
                                        request.getUriInfo().getRequestUri().getRawQuery())
                                .map(query -> "?" + query)
                                .orElse(""),
                StandardCharsets.UTF_8);
    }

    private boolean hasCsrf() {
        RoutingContext rc = current.getCurrent();
        @Nullable Buffer body = rc.body().buffer();
        String form = body == null ? "" : body.toString(StandardCharsets.UTF_8);
        List<String> sent = new QueryStringDecoder(form, StandardCharsets.UTF_8, false, 1000)
                .parameters()
                .getOrDefault("csrf", List.of());
        return sent.size() == 1
                && MessageDigest.isEqual(
                        sent.getFirst().getBytes(StandardCharsets.UTF_8),
                        visitor.csrf().getBytes(StandardCharsets.UTF_8));
    }

    private void script(ContainerRequestContext request) {
        @Nullable String header = request.getHeaderString("Authorization");
        if (header != null && header.startsWith(BEARER)) {
            tokens.find(header.substring(BEARER.length()).strip()).ifPresent(visitor::enter);
        }
        Needs needs = route.getResourceMethod().getAnnotation(Needs.class);
        if (!visitor.isKnown()) {
            request.abortWith(
                    problem(401, "Not signed in", "Send Authorization: Bearer with a token from /desk/account.")
                            .header("WWW-Authenticate", "Bearer")
                            .build());
        } else if (needs == null || !visitor.may(needs.value())) {
            request.abortWith(problem(403, "Not allowed", "This token does not have the right that is needed here.")
                    .build());
        }
    }

    private static Response.ResponseBuilder problem(int status, String title, String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(Json.encode(Map.of("type", "about:blank", "title", title, "status", status, "detail", detail)));
    }
}
