package org.dailypapers.site.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.language.FaultMessages;
import org.dailypapers.language.Languages;
import org.dailypapers.site.answer.Failures;
import org.dailypapers.site.answer.Speech;
import org.dailypapers.site.answer.Spoken;
import org.dailypapers.web.LocalClient;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads each request to its end before anything works on it, so that a body that drips takes no thread; and answers what
 * cannot be read with a page that says so.
 */
@Singleton
final class RequestReading {

    /** Before all others, which may answer at once. */
    private static final int FIRST = 200;

    /** After the headers that every answer has and the operator's door, before the routes. */
    private static final int BEFORE_ROUTES = 85;

    private static final int BEFORE_ITS_OWN_PAGE = -1;
    private static final Set<HttpMethod> WITH_BODY =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final long LINGER_MILLIS = 2_000;
    private static final String COMMANDS = "/command";
    private static final String LEAVING = "/unsubscribe/";

    /** Providers of mail bring many events at once; a person's form is smaller. */
    private static final String EVENTS = "/api/v1/returns/";

    private static final long FORM_BYTES = 512 * 1024;

    private static final FormBody.Fault LATE =
            new FormBody.Fault(408, FaultMessages::tooSlow, FaultMessages::tooSlowAbout);
    private static final FormBody.Fault BROKEN =
            new FormBody.Fault(400, FaultMessages::formUnreadable, FaultMessages::cutShort);
    private static final FormBody.Fault TOO_LARGE =
            new FormBody.Fault(413, FaultMessages::tooMuch, FaultMessages::tooLarge);
    private static final FormBody.Fault BUSY =
            new FormBody.Fault(503, FaultMessages::notJustNow, FaultMessages::tooManyAsk);

    private final OpenConnections connections;
    private final Clients clients;
    private final Languages languages;
    private final long mostBytes;

    RequestReading(
            OpenConnections connections,
            Clients clients,
            Languages languages,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize mostBytes) {
        this.connections = connections;
        this.clients = clients;
        this.languages = languages;
        this.mostBytes = mostBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::follow, FIRST);
        filters.register(this::read, BEFORE_ROUTES);
    }

    /** What the router itself refuses. */
    void register(@Observes Router router) {
        router.route().order(BEFORE_ITS_OWN_PAGE).failureHandler(rc -> {
            if (rc.statusCode() == 400 && !rc.response().headWritten()) {
                refuse(rc, FormBody.ADDRESS);
            } else {
                rc.next();
            }
        });
    }

    private void follow(RoutingContext rc) {
        HttpServerRequest request = rc.request();
        Optional<OpenConnection> connection = OpenConnection.of(request);
        if (connection.isPresent()) {
            OpenConnection it = connection.get();
            String speaksFor = it.speaksForMany()
                    ? clients.behindProxy(request.headers().getAll("X-Forwarded-For"))
                            .orElse(null)
                    : null;
            int number = it.begin(speaksFor, isCommand(request));
            if (number == 0) {
                return;
            }
            rc.addHeadersEndHandler(begun -> it.answering(number));
            rc.addEndHandler(ended -> it.answered(number));
        }
        rc.next();
    }

    /** A command may take hours, and a pager may keep its output waiting. */
    private static boolean isCommand(HttpServerRequest request) {
        return COMMANDS.equals(request.path()) && LocalClient.sent(request);
    }

    private long most(HttpServerRequest request) {
        return request.path().startsWith(EVENTS) ? mostBytes : Math.min(mostBytes, FORM_BYTES);
    }

    private void read(RoutingContext rc) {
        HttpServerRequest request = rc.request();
        if (!FormBody.isReadable(request.path())) {
            refuse(rc, FormBody.ADDRESS);
            return;
        }
        if (declared(request) > most(request)) {
            tooLarge(rc);
        } else {
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.headers().remove("Expect");
                rc.response().writeContinue();
            }
            OpenConnection.of(request).ifPresent(it -> it.whenOverdue(() -> refuseAndClose(rc, LATE)));
        }
        collect(rc);
    }

    private void collect(RoutingContext rc) {
        HttpServerRequest request = rc.request();
        Buffer body = Buffer.buffer();
        request.exceptionHandler(broken -> {
            if (!rc.response().ended() && !rc.response().closed()) {
                refuseAndClose(rc, BROKEN);
            }
        });
        request.handler(chunk -> {
            if (rc.response().ended()) {
                return;
            }
            if (body.length() + chunk.length() > most(request)) {
                tooLarge(rc);
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            if (rc.response().ended()) {
                request.connection().close();
            } else {
                take(rc, body);
            }
        });
    }

    private static long declared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? 0 : Long.parseLong(length);
    }

    private void take(RoutingContext rc, Buffer body) {
        HttpServerRequest request = rc.request();
        OpenConnection.of(request).ifPresent(OpenConnection::received);
        if (WITH_BODY.contains(request.method())) {
            Optional<FormBody.Fault> fault = fault(rc, body);
            if (fault.isPresent()) {
                refuse(rc, fault.get());
                return;
            }
            ((RoutingContextInternal) rc).setBody(body);
        }
        String path = rc.normalizedPath();
        boolean bounded = !path.startsWith("/q/") && !path.equals(COMMANDS);
        Optional<OpenConnection> connection = bounded ? OpenConnection.of(request) : Optional.empty();
        if (connection.isPresent()) {
            Optional<WorkPlace> place = path.startsWith(LEAVING)
                    ? connections.takeLeave(connection.get())
                    : connections.takeRoom(connection.get());
            if (place.isEmpty()) {
                rc.response().putHeader("Retry-After", "10");
                refuse(rc, BUSY);
                return;
            }
            place.get().belongsTo(rc);
        }
        rc.next();
    }

    private static Optional<FormBody.Fault> fault(RoutingContext rc, Buffer body) {
        String path = rc.normalizedPath();
        // Whoever leaves is not to be told that a header is odd; a command brings what its own door reads.
        if (path.startsWith(LEAVING) || path.equals(COMMANDS)) {
            return Optional.empty();
        }
        String coding = rc.request().getHeader("Content-Encoding");
        if (coding != null
                && !coding.isBlank()
                && !coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
            return Optional.of(new FormBody.Fault(415, FaultMessages::notReadHere, FaultMessages::formCompressed));
        }
        return path.startsWith("/api/") || path.equals("/mcp")
                ? Optional.empty()
                : FormBody.fault(rc.request().getHeader("Content-Type"), body.getBytes());
    }

    /** What still comes is let go by for a moment: a client that is cut off while it sends may never see the answer. */
    private void tooLarge(RoutingContext rc) {
        rc.response().putHeader("Connection", "close");
        refuse(rc, TOO_LARGE);
        rc.vertx().setTimer(LINGER_MILLIS, over -> rc.request().connection().close());
    }

    private void refuseAndClose(RoutingContext rc, FormBody.Fault fault) {
        rc.response().putHeader("Connection", "close");
        refuse(rc, fault);
        rc.request().connection().close();
    }

    private void refuse(RoutingContext rc, FormBody.Fault fault) {
        // For the metrics, which else took each address that is refused for one of ours.
        ((HttpServerRequestInternal) rc.request()).context().putLocal("UrlPathTemplate", "/refused");
        HttpServerResponse response = rc.response();
        String path = rc.request().path();
        Spoken spoken = Speech.of(languages, rc);
        if (Failures.isPage(path)) {
            response.putHeader("Content-Language", spoken.language().htmlTag()).putHeader("Vary", "Accept-Language");
        }
        response.setStatusCode(fault.status())
                .putHeader("Content-Type", Failures.type(path))
                .end(Failures.body(path, fault.status(), fault.title(), fault.text(), languages, spoken));
    }
}
