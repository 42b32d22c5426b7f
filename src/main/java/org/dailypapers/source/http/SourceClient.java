package org.dailypapers.source.http;

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

/**
 * The connection to a source's server: one GET at a time, patient with a busy server, bounded in time and size. A redirect
 * is followed on the configured server alone: no answer of its may send requests elsewhere, least of all into this network.
 */
public final class SourceClient implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final int LARGEST_BODY = 20 << 20;
    private static final int RETRIES = 2;
    private static final int MOST_REDIRECTS = 3;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final Server server;
    private final Clock clock;
    private final Pause pause;
    private final Duration answerWithin;
    private volatile boolean failing;
    private volatile boolean closed;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_WITHIN)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

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

    /** @param answerWithin for an answer, head and body */
    public SourceClient(Server server, Clock clock, Pause pause, Duration answerWithin) {
        this.server = server;
        this.clock = clock;
        this.pause = pause;
        this.answerWithin = answerWithin;
    }

    /**
     * The body of a 200; empty for a 404.
     *
     * @throws SourceException for any other answer, or none, after the retries that the server allows
     */
    public Optional<byte[]> get(String path) throws SourceException {
        boolean answered = false;
        try {
            Optional<byte[]> body = ask(path);
            answered = true;
            return body;
        } finally {
            failing = !answered;
        }
    }

    /** Whether the last request failed, which was told then. */
    public boolean failing() {
        return failing;
    }

    private Optional<byte[]> ask(String path) throws SourceException {
        Duration waited = Duration.ZERO;
        int retries = 0;
        while (true) {
            HttpResponse<byte[]> answer = send(path);
            int status = answer.statusCode();
            Duration wait;
            if (status == 200) {
                return Optional.of(answer.body());
            } else if (status == 404) {
                return Optional.empty();
            } else if (status == 429) {
                wait = RetryAdvice.wait(answer.headers(), clock.instant());
                waited = waited.plus(wait);
                if (waited.compareTo(LONGEST_WAIT) > 0) {
                    throw new SourceException(
                            line(path, "answered 429 and asks to wait " + wait.toSeconds() + " s"), null, wait);
                }
            } else if (status >= 500 && retries < RETRIES) {
                retries++;
                wait = Duration.ofSeconds(retries);
            } else {
                throw failure(path, "answered " + status);
            }
            pauseFor(wait, path);
        }
    }

    /** A failure of this path, in one line. */
    public SourceException failure(String path, String what) {
        return failure(path, what, null);
    }

    /** A failure of this path and what caused it, in one line. */
    public SourceException failure(String path, String what, Throwable cause) {
        return new SourceException(line(path, what), cause);
    }

    private String line(String path, String what) {
        return server.source() + ": GET " + server.base() + path + " " + what;
    }

    /** The time that the server's answer to the path bears; empty where it bears none. */
    public Optional<Instant> time(String path) throws SourceException {
        return send(path).headers().firstValue("Date").flatMap(RetryAdvice::httpDate);
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }

    private HttpResponse<byte[]> send(String path) throws SourceException {
        URI configured = address(path, server.base() + path);
        URI at = configured;
        for (int redirects = 0; ; redirects++) {
            HttpResponse<byte[]> answer = send(at, path);
            Optional<String> location = answer.headers().firstValue("Location");
            if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            URI next = at.resolve(address(path, location.get()));
            if (redirects == MOST_REDIRECTS || !sameServer(configured, next)) {
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

    private HttpResponse<byte[]> send(URI address, String path) throws SourceException {
        CompletableFuture<HttpResponse<byte[]>> answer = null;
        throwIfClosed(null);
        try {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .header("User-Agent", "DailyPapers")
                    .header("Accept", server.accept())
                    .build();
            answer = http.sendAsync(request, head -> new CappedBody(LARGEST_BODY));
            // A request's own time-out would end with the answer's head, and a body may drip.
            return answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw failure(path, "had no answer within " + answerWithin.toSeconds() + " s", late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure(path, "was interrupted", interrupted);
        } catch (ExecutionException failed) {
            throwIfClosed(failed);
            throw failure(path, reason(failed.getCause()), failed.getCause());
        } catch (IllegalArgumentException wrong) {
            throw failure(path, "is no web address; set " + server.setting(), wrong);
        } finally {
            if (answer != null) {
                answer.cancel(true);
            }
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

    private static String reason(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
                return "cannot be reached: the name of its host is not found";
            }
        }
        return switch (cause) {
            case HttpConnectTimeoutException slow ->
                "cannot be reached: no connection within " + CONNECT_WITHIN.toSeconds() + " s";
            case SocketException refused -> "cannot be reached: no connection";
            case SSLException unsafe -> "cannot be reached safely: " + said(unsafe);
            default -> "broke off: " + said(cause);
        };
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : Titles.oneLine(cause.getMessage());
    }
}
