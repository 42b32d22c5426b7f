package org.dailypapers.site.answer;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a visitor sees when something is not there or goes wrong: a page, problem+json from the API, or a line instead of a feed. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final DatabaseTrouble trouble;

    Failures(DatabaseTrouble trouble) {
        this.trouble = trouble;
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e, @Context UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        return switch (status) {
            case 404 ->
                answer(uri, 404, "Not found", "There is nothing at this address; perhaps a link was cut short.");
            case 400 -> answer(uri, 400, "Please check the address", said(e));
            default -> answer(uri, status, "That did not work", String.valueOf(e.getMessage()));
        };
    }

    /** What a page says is wrong; where the framework refused, it says nothing that helps. */
    private static String said(WebApplicationException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("HTTP ")
                ? "Something in it cannot be read; perhaps it was changed on the way. Please follow the link again."
                : message;
    }

    /** JSON of another shape than what was asked for. */
    @ServerExceptionMapper
    Response misshapen(MismatchedInputException e, @Context UriInfo uri) {
        return answer(uri, 400, "That cannot be read", "The JSON is not of the shape that /q/openapi describes.");
    }

    @ServerExceptionMapper
    Response early(PaperSearch.NotReadyException e, @Context UriInfo uri) {
        return Response.fromResponse(answer(uri, 503, "Not just now", e.getMessage()))
                .header("Retry-After", 10)
                .build();
    }

    @ServerExceptionMapper
    Response full(SignUpShare.Full e, @Context UriInfo uri) {
        return Response.fromResponse(answer(
                        uri, 503, "Not just now", "Too many sign up at this moment. Please try again in a minute."))
                .header("Retry-After", 60)
                .build();
    }

    @ServerExceptionMapper
    Response broken(RuntimeException e, @Context UriInfo uri) {
        String path = uri.getPath().replaceAll("/(?=.{30,})[A-Za-z0-9_-]{30,}", "/<token>");
        if (DatabaseFailure.isBehind(e)) {
            trouble.met("A page failed (" + path + ")", e);
            // RFC 9110 §10.2.3: mail hosts that unsubscribe somebody try again.
            return Response.fromResponse(answer(
                            uri, 503, "Not just now", "Our database does not answer. Please try again in a minute."))
                    .header("Retry-After", 60)
                    .build();
        }
        LOG.errorf(e, "A page failed: %s", path);
        return answer(uri, 500, "Something broke", "It is our fault and has been noted. Please try again in a while.");
    }

    private static Response answer(UriInfo uri, int status, String title, String text) {
        String path = uri.getPath();
        return Response.status(status)
                .type(type(path))
                .entity(body(path, status, title, text))
                .build();
    }

    /** The media type of what somebody who asked for that path is told. */
    public static String type(String path) {
        return isApi(path)
                ? "application/problem+json"
                : isFeed(path) ? "text/plain;charset=UTF-8" : "text/html;charset=UTF-8";
    }

    /** What somebody who asked for that path is told. */
    public static String body(String path, int status, String title, String text) {
        if (isFeed(path)) {
            return text + "\n";
        }
        return isApi(path)
                ? Json.encode(Map.of("type", "about:blank", "title", title, "status", status, "detail", text))
                : Message.page(new Message(title, text, null, null, "/", "To the papers", false))
                        .render();
    }

    /** What feed readers fetch: they show a line at most. */
    private static boolean isFeed(String path) {
        return path != null && (path.startsWith("/feed.") || path.startsWith("/feeds/"));
    }

    private static boolean isApi(String path) {
        return path != null && path.startsWith("/api/");
    }
}
