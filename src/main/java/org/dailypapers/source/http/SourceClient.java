package org.dailypapers.source.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.dailypapers.paper.Titles;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceException.Trouble;

/**
 * The connection to a source's server: one GET at a time, patient with a busy server, bounded in time and size. A redirect
 * is followed on the configured server alone, or, for a source that many servers may serve, to public addresses: no answer
 * may send requests into this network.
 */
public final class SourceClient implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration UNSAID_WAIT = Duration.ofSeconds(10);
    private static final int RETRIES = 2;
    private static final int MOST_REDIRECTS = 3;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Server server;
    private final Clock clock;
    private final Pause pause;
    private final UserAgent agent;
    private final Manners manners;
    private final Connections connections;
    private final Optional<PublicAddresses> anywhere;
    private volatile boolean failing;
    private volatile boolean closed;

    /**
     * Where the answers come from.
     *
     * @param source the name of the source, for messages
     * @param setting that the address was set by, for messages
     * @param base the address before every path
     * @param accept the media types that are read (RFC 9110 §12.5.1)
     */
    public record Server(String source, String setting, String base, String accept) {
        public Server {
            base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        }
    }

    /**
     * An answer that was asked for.
     *
     * @param status 200, 304 or 404
     * @param body of a 200; empty otherwise
     * @param validators to ask with the next time
     */
    public record Answer(int status, Body body, Validators validators) {

        /** Whether it is the one that the validators of the request are of. */
        public boolean isUnchanged() {
            return status == NOT_MODIFIED;
        }

        /** Whether there is nothing at that address. */
        public boolean isMissing() {
            return status == NOT_FOUND;
        }
    }

    /** A client that asks with these manners. */
    public SourceClient(Server server, UserAgent agent, Clock clock, Pause pause, Manners manners) {
        this(server, agent, clock, pause, manners, Optional.empty());
    }

    /**
     * A client that also follows to other servers.
     *
     * @param anywhere what tells where requests may go, for a source whose server others choose
     */
    public SourceClient(
            Server server,
            UserAgent agent,
            Clock clock,
            Pause pause,
            Manners manners,
            Optional<PublicAddresses> anywhere) {
        this.anywhere = anywhere;
        this.server = server;
        this.agent = agent;
        this.clock = clock;
        this.pause = pause;
        this.manners = manners;
        this.connections = new Connections(manners);
    }

    /** To be called before Java's client is used for the first time: requests to a checked address name their host. */
    public static void prepare() {
        System.setProperty(CheckedHost.ALLOWED, "host");
    }

    /**
     * The body of a 200; empty for a 404.
     *
     * @throws SourceException for any other answer, or none, after the retries that the server allows
     */
    public Optional<byte[]> get(String path) throws SourceException {
        Answer answer = get(path, Validators.NONE);
        if (answer.isMissing()) {
            return Optional.empty();
        }
        try (InputStream body = answer.body().open()) {
            return Optional.of(body.readAllBytes());
        } catch (IOException broken) {
            failing = true;
            throw failure(path, "broke off: " + said(broken), broken);
        }
    }

    /**
     * The answer to a request that may say which answer is known already.
     *
     * @throws SourceException for an answer that is neither 200 nor 404, nor 304 where that was asked for, or for none
     */
    public Answer get(String path, Validators known) throws SourceException {
        boolean answered = false;
        try {
            Answer answer = ask(path, known);
            answered = true;
            return answer;
        } finally {
            failing = !answered;
        }
    }

    /** Whether the last request failed, which was told then. */
    public boolean failing() {
        return failing;
    }

    private Answer ask(String path, Validators known) throws SourceException {
        Duration waited = Duration.ZERO;
        int retries = 0;
        while (true) {
            HttpResponse<byte[]> answer = send(path, known);
            int status = answer.statusCode();
            Optional<Duration> asked = RetryAdvice.wait(answer.headers(), clock.instant());
            Duration wait;
            if (status == OK || status == NOT_FOUND || status == NOT_MODIFIED && !known.equals(Validators.NONE)) {
                return new Answer(status, body(path, answer), Validators.of(answer.headers()));
            } else if (status == TOO_MANY || status == UNAVAILABLE && asked.isPresent()) {
                wait = asked.orElse(UNSAID_WAIT);
                waited = waited.plus(wait);
                if (manners.strict() || waited.compareTo(LONGEST_WAIT) > 0) {
                    throw busy(
                            path,
                            status,
                            asked.or(() -> manners.strict() ? Optional.empty() : Optional.of(UNSAID_WAIT)));
                }
            } else if (status == FORBIDDEN && manners.strict()) {
                throw new SourceException(line(path, "answered 403"), null, null, Trouble.FORBIDDEN);
            } else if (status >= SERVER_ERROR && retries < RETRIES) {
                retries++;
                wait = Duration.ofSeconds(retries);
            } else {
                throw failure(path, "answered " + status);
            }
            pauseFor(wait, path);
        }
    }

    private SourceException busy(String path, int status, Optional<Duration> rest) {
        String said = rest.map(wait -> " and asks to wait " + wait.toSeconds() + " s")
                .orElse(" and says not how long to wait");
        return new SourceException(line(path, "answered " + status + said), null, rest.orElse(null), Trouble.BUSY);
    }

    private Body body(String path, HttpResponse<byte[]> answer) throws SourceException {
        String packed = answer.headers()
                .firstValue("Content-Encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean gzip = packed.equals("gzip") || packed.equals("x-gzip");
        if (!gzip && !packed.equals("identity") && !packed.isEmpty()) {
            throw lie(path, "is packed as was not asked for: " + packed, null);
        }
        return new Body(answer.body(), gzip, manners.largest());
    }

    /** A failure of this path, in one line. */
    public SourceException failure(String path, String what) {
        return failure(path, what, null);
    }

    /** A failure of this path and what caused it, in one line. */
    public SourceException failure(String path, String what, Throwable cause) {
        return new SourceException(line(path, what), cause);
    }

    /** A failure of a source that answers what it should not; the cause may be null. */
    public SourceException lie(String path, String what, Throwable cause) {
        return new SourceException(line(path, what), cause, null, Trouble.LIES);
    }

    private String line(String path, String what) {
        return server.source() + ": GET " + server.base() + path + " " + what;
    }

    /** The time that the server's answer to the path bears; empty where it bears none. */
    public Optional<Instant> time(String path) throws SourceException {
        return send(path, Validators.NONE).headers().firstValue("Date").flatMap(RetryAdvice::httpDate);
    }

    @Override
    public void close() {
        closed = true;
        connections.close();
    }

    private HttpResponse<byte[]> send(String path, Validators known) throws SourceException {
        URI configured = address(path, server.base() + path);
        URI at = configured;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> answer = send(at, checked(at, path, redirects > 0), path, known);
            Optional<String> location = answer.headers().firstValue("Location");
            if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            URI next = at.resolve(address(path, location.get()));
            if (redirects == MOST_REDIRECTS || anywhere.isEmpty() && !sameServer(configured, next)) {
                throw failure(
                        path,
                        redirects == MOST_REDIRECTS
                                ? "is redirected again and again"
                                : "is redirected to another server, " + next.getScheme() + "://" + next.getAuthority()
                                        + "; if that is right, set " + server.setting());
            }
            at = next;
        }
    }

    /** The host to connect to, where others choose it; empty where any address of it will do. */
    private Optional<CheckedHost> checked(URI at, String path, boolean redirected) throws SourceException {
        if (anywhere.isEmpty()) {
            return Optional.empty();
        }
        PublicAddresses.Way way = anywhere.get().way(at);
        if (way.refusal().isPresent()) {
            throw failure(
                    path,
                    (redirected ? "is redirected to " + at + ", which " : "")
                            + way.refusal().get());
        }
        return way.host();
    }

    private URI address(String path, String text) throws SourceException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw failure(path, "is no web address; set " + server.setting(), wrong);
        }
    }

    /** Whether the other address is the same host's, at the same port or, instead of http, at https. */
    private static boolean sameServer(URI configured, URI other) {
        if (other.getHost() == null || !other.getHost().equalsIgnoreCase(configured.getHost())) {
            return false;
        }
        boolean same = configured.getScheme().equalsIgnoreCase(other.getScheme()) && port(configured) == port(other);
        return same || port(configured) == HTTP && "https".equalsIgnoreCase(other.getScheme()) && port(other) == HTTPS;
    }

    private static int port(URI address) {
        int usual = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP;
        return address.getPort() < 0 ? usual : address.getPort();
    }

    private HttpResponse<byte[]> send(URI address, Optional<CheckedHost> host, String path, Validators known)
            throws SourceException {
        throwIfClosed(null);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            host.map(CheckedHost::uri).orElse(address))
                    .header("User-Agent", agent.value())
                    .header("Accept", server.accept())
                    .header("Accept-Encoding", "gzip");
            host.ifPresent(checked -> request.header("Host", checked.name()));
            known.into(request);
            if (manners.strict()) {
                request.method("GET", new SentOnce());
            }
            manners.pace().before();
            try {
                return answer(host, request.build(), path);
            } finally {
                manners.pace().after();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(path, "was interrupted", interrupted);
        } catch (IllegalArgumentException wrong) {
            throw failure(path, "is no web address; set " + server.setting(), wrong);
        }
    }

    private HttpResponse<byte[]> answer(Optional<CheckedHost> host, HttpRequest request, String path)
            throws SourceException, InterruptedException {
        HttpClient http = connections.to(host);
        var head = new CompletableFuture<Void>();
        long begun = System.nanoTime();
        Duration within = manners.head();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, status -> {
            head.complete(null);
            return new CappedBody(manners.largest());
        });
        answer.whenComplete((answered, failed) -> head.complete(null));
        try {
            head.get(within.toMillis(), TimeUnit.MILLISECONDS);
            within = manners.whole();
            // A request's own time-out would end with the answer's head, and a body may drip.
            return answer.get(within.toNanos() - (System.nanoTime() - begun), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw failure(path, "had no answer within " + within.toSeconds() + " s", late);
        } catch (ExecutionException failed) {
            throwIfClosed(failed);
            throw failure(path, reason(failed.getCause()), failed.getCause());
        } finally {
            answer.cancel(true);
            connections.leave(http);
        }
    }

    /** The source is not to blame where the process stops. */
    private void throwIfClosed(Throwable cause) {
        if (closed) {
            var stopped = new CancellationException("The process stops; what was read so far is kept");
            stopped.initCause(cause);
            throw stopped;
        }
    }

    private void pauseFor(Duration wait, String path) throws SourceException {
        try {
            pause.last(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(path, "was interrupted", interrupted);
        }
    }

    private String reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return "cannot be reached: the name of its host is not found";
            }
        }
        return switch (cause) {
            case HttpConnectTimeoutException slow ->
                "cannot be reached: no connection within " + manners.connect().toSeconds() + " s";
            case SocketException refused -> "cannot be reached: no connection";
            case SSLException unsafe -> "cannot be reached safely: " + said(unsafe);
            default -> "broke off: " + said(cause);
        };
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : Titles.oneLine(cause.getMessage());
    }
}
