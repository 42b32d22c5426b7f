package org.dailypapers.site.connection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.site.answer.Speech;

/**
 * Bounds how often one client network asks, where a setting says so: an IPv4 address, or 64 bits of an IPv6 one, behind a
 * named proxy what that says. Looked at before anything of a request is judged, so the answer tells of no address.
 */
@Singleton
class RequestRates {

    private static final Duration PER = Duration.ofMinutes(1);

    /** After the headers that every answer has, before a body is read. */
    private static final int BEFORE_ROUTES = 95;

    private static final int MOST_CLIENTS = 100_000;

    private final Clients clients;
    private final Languages languages;
    private final Map<Kind, Integer> limits = new EnumMap<>(Kind.class);
    private final Cache<Asker, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(PER.multipliedBy(2))
            .build();

    /** What is asked for. */
    enum Kind {
        FORMS,
        FORECAST,
        SEARCH,
        API
    }

    private record Asker(String client, Kind kind) {}

    RequestRates(Clients clients, RateSettings settings, Languages languages) {
        this.languages = languages;
        this.clients = clients;
        settings.forms().ifPresent(n -> limits.put(Kind.FORMS, n));
        settings.forecast().ifPresent(n -> limits.put(Kind.FORECAST, n));
        settings.search().ifPresent(n -> limits.put(Kind.SEARCH, n));
        settings.api().ifPresent(n -> limits.put(Kind.API, n));
    }

    void register(@Observes Filters filters) {
        if (!limits.isEmpty()) {
            filters.register(this::judge, BEFORE_ROUTES);
        }
    }

    private void judge(RoutingContext rc) {
        HttpServerRequest request = rc.request();
        Optional<Kind> kind =
                kind(request.method(), rc.normalizedPath(), request.query()).filter(limits::containsKey);
        if (kind.isEmpty()) {
            rc.next();
            return;
        }
        int limit = limits.get(kind.get());
        ConsumptionProbe probe = buckets.get(new Asker(client(request), kind.get()), asker -> Bucket.builder()
                        .addLimit(of -> of.capacity(limit).refillGreedy(limit, PER))
                        .build())
                .tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            rc.next();
        } else {
            refuse(rc, 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
        }
    }

    /** What a request counts as; empty where it is not limited. */
    static Optional<Kind> kind(HttpMethod method, String path, String query) {
        boolean post = method == HttpMethod.POST;
        // A provider of mail tells of a whole run at once, and scripts of the desk have shown who they are.
        if (path.startsWith("/api/v1/desk") || path.startsWith("/api/v1/returns/")) {
            return Optional.empty();
        }
        if (path.startsWith("/api/")) {
            return Optional.of(path.endsWith("/forecast") ? Kind.FORECAST : asks(query) ? Kind.SEARCH : Kind.API);
        }
        if (path.equals("/mcp")) {
            return Optional.of(Kind.API);
        }
        if (post
                && (path.equals("/subscribe")
                        || path.equals("/link")
                        || path.startsWith("/confirm/")
                        || path.startsWith("/address/")
                        || path.startsWith("/preferences/"))) {
            return Optional.of(Kind.FORMS);
        }
        if (path.startsWith("/cards/")) {
            return Optional.of(Kind.SEARCH);
        }
        boolean questions = path.equals("/papers") || path.equals("/feed.atom") || path.equals("/feed.json");
        return questions && asks(query) ? Optional.of(Kind.SEARCH) : Optional.empty();
    }

    private static boolean asks(String query) {
        return query != null && query.matches("(?:.*&)?(?:q|topic|author|org|category)=.*");
    }

    private String client(HttpServerRequest request) {
        String peer = String.valueOf(request.connection().remoteAddress(true).hostAddress());
        Optional<String> behind = clients.isProxy(peer)
                ? clients.behindProxy(request.headers().getAll("X-Forwarded-For"))
                : Optional.empty();
        return behind.or(() -> Clients.key(peer)).orElse(peer);
    }

    private void refuse(RoutingContext rc, long seconds) {
        boolean problem = rc.normalizedPath().startsWith("/api/");
        Language language =
                problem ? languages.english() : Speech.of(languages, rc).language();
        rc.response()
                .setStatusCode(429)
                .putHeader("Content-Language", language.htmlTag())
                .putHeader("Vary", "Accept-Language")
                .putHeader("Retry-After", Long.toString(seconds))
                .putHeader("Content-Type", problem ? "application/problem+json" : "text/plain; charset=utf-8")
                .end(
                        problem
                                ? "{\"title\":\"Too Many Requests\",\"status\":429,\"detail\":\"Your network asks too often;"
                                        + " try again in " + seconds + " s.\"}"
                                : language.fault().tooOften(Long.toString(seconds)) + "\n");
    }
}
