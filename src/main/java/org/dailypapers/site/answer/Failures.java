package org.dailypapers.site.answer;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.function.Function;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Languages;
import org.dailypapers.matching.search.PaperSearch;
import org.dailypapers.reputation.DatabaseTrouble;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a visitor sees when something is not there or goes wrong: a page, problem+json from the API, or a line instead of a feed. */
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private static final int RETRY_AFTER_SECONDS = 10;

    private final DatabaseTrouble trouble;
    private final Languages languages;
    private final Speech speech;

    Failures(DatabaseTrouble trouble, Languages languages, Speech speech) {
        this.trouble = trouble;
        this.languages = languages;
        this.speech = speech;
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException e, @Context UriInfo uri) {
        int status = e.getResponse().getStatus();
        if (status < 400) {
            return e.getResponse();
        }
        return switch (status) {
            case 404 -> answer(uri, 404, FaultMessages::notFound, FaultMessages::notFoundAbout);
            case 400 -> answer(uri, 400, FaultMessages::checkAddress, said(e));
            case 503 -> {
                Object after = e.getResponse().getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
                yield Response.fromResponse(answer(uri, 503, FaultMessages::notJustNow, busy(e)))
                        .header(HttpHeaders.RETRY_AFTER, after == null ? RETRY_AFTER_SECONDS : after)
                        .build();
            }
            default -> answer(uri, status, FaultMessages::didNotWork, did(e, status));
        };
    }

    private static Function<FaultMessages, String> busy(WebApplicationException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("HTTP ") ? FaultMessages::tooManyAsk : say -> message;
    }

    /** What is said to be wrong; where the framework refused, it says nothing that helps. */
    private static Function<FaultMessages, String> said(WebApplicationException e) {
        if (e instanceof Refused refused) {
            return refused.sentence();
        }
        String message = String.valueOf(e.getMessage());
        return message.startsWith("HTTP ") ? FaultMessages::unreadableAddress : say -> message;
    }

    /** Likewise of what else the framework refuses. */
    private static Function<FaultMessages, String> did(WebApplicationException e, int status) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("HTTP ") ? say -> say.didNotWorkAbout(status) : say -> message;
    }

    /** JSON of another shape than what was asked for. */
    @ServerExceptionMapper
    Response misshapen(MismatchedInputException e, @Context UriInfo uri) {
        return answer(
                uri,
                400,
                say -> "That cannot be read",
                say -> "The JSON is not of the shape that /q/openapi describes.");
    }

    @ServerExceptionMapper
    Response early(PaperSearch.NotReadyException e, @Context UriInfo uri) {
        return Response.fromResponse(answer(uri, 503, FaultMessages::notJustNow, FaultMessages::searchPreparing))
                .header("Retry-After", 10)
                .build();
    }

    @ServerExceptionMapper
    Response full(SignUpShare.Full e, @Context UriInfo uri) {
        return Response.fromResponse(answer(uri, 503, FaultMessages::notJustNow, FaultMessages::tooManySignUps))
                .header("Retry-After", 60)
                .build();
    }

    @ServerExceptionMapper
    Response broken(RuntimeException e, @Context UriInfo uri) {
        String path = uri.getPath().replaceAll("/(?=.{30,})[A-Za-z0-9_-]{30,}", "/<token>");
        if (DatabaseFailure.isBehind(e)) {
            trouble.met("A page failed (" + path + ")", e);
            // RFC 9110 §10.2.3: mail hosts that unsubscribe somebody try again.
            return Response.fromResponse(answer(uri, 503, FaultMessages::notJustNow, FaultMessages::databaseSilent))
                    .header("Retry-After", 60)
                    .build();
        }
        LOG.errorf(e, "A page failed: %s", path);
        return answer(uri, 500, FaultMessages::broke, FaultMessages::brokeAbout);
    }

    private Response answer(
            UriInfo uri, int status, Function<FaultMessages, String> title, Function<FaultMessages, String> text) {
        String path = uri.getPath();
        String body = body(path, status, title, text, languages, speech.spoken());
        return isPage(path)
                ? speech.rendered(status, body)
                : Response.status(status).type(type(path)).entity(body).build();
    }

    /** The media type of what somebody who asked for that path is told. */
    public static String type(String path) {
        return isApi(path)
                ? "application/problem+json"
                : isFeed(path) ? "text/plain;charset=UTF-8" : "text/html;charset=UTF-8";
    }

    /** What somebody who asked for that path is told: people in their language, programs in English. */
    public static String body(
            String path,
            int status,
            Function<FaultMessages, String> title,
            Function<FaultMessages, String> text,
            Languages languages,
            Spoken spoken) {
        if (isPage(path)) {
            FaultMessages say = spoken.language().fault();
            return spoken.render(Message.page(Message.linking(title.apply(say), text.apply(say), "/", say.toPapers())));
        }
        FaultMessages english = languages.english().fault();
        String detail = text.apply(english);
        return isFeed(path)
                ? detail + "\n"
                : Json.encode(Map.of(
                        "type", "about:blank", "title", title.apply(english), "status", status, "detail", detail));
    }

    /** Whether people look at what is at that path. */
    public static boolean isPage(String path) {
        return !isApi(path) && !isFeed(path);
    }

    /** What feed readers fetch: they show a line at most. */
    private static boolean isFeed(String path) {
        return path != null && (path.startsWith("/feed.") || path.startsWith("/feeds/"));
    }

    private static boolean isApi(String path) {
        return path != null && path.startsWith("/api/");
    }
}
