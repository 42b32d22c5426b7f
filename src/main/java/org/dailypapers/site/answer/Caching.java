package org.dailypapers.site.answer;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What may be kept of an answer (RFC 9111): a file for ever under the address that names its content, and else until it is
 * asked for again; a public page as the browser likes; everything else, which is somebody's own or a fault, not at all.
 */
final class Caching {

    private static final Pattern PUBLIC = Pattern.compile(
            "/|/about|/(papers|topics)(/.*)?|/papers\\.bib|/robots\\.txt|/sitemap\\.xml|/sitemaps/.*|/subscribe|/api/v1/(?!desk/).*|/feed\\..*|/q/openapi");

    /** RFC 8246. */
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private static final int BEFORE_ROUTES = 95;

    void register(@Observes Filters filters) {
        filters.register(this::judge, BEFORE_ROUTES);
    }

    private void judge(RoutingContext rc) {
        String path = rc.normalizedPath();
        boolean look = rc.request().method() == HttpMethod.GET || rc.request().method() == HttpMethod.HEAD;
        Optional<String> hash = look ? Assets.hashOf(path) : Optional.empty();
        if (hash.isPresent()) {
            asset(rc, hash.get());
            return;
        }
        boolean open = look && PUBLIC.matcher(path).matches();
        rc.addHeadersEndHandler(end -> {
            MultiMap headers = rc.response().headers();
            if (!headers.contains("Cache-Control") && !(open && rc.response().getStatusCode() < 400)) {
                headers.set("Cache-Control", "no-store");
            }
        });
        rc.next();
    }

    private static void asset(RoutingContext rc, String hash) {
        String tag = Validators.tag(hash);
        HttpServerResponse response = rc.response();
        rc.addHeadersEndHandler(end -> {
            response.headers()
                    .set("Cache-Control", ("v=" + hash).equals(rc.request().query()) ? FOR_EVER : "no-cache")
                    .set("ETag", tag)
                    .set("Vary", "Accept-Encoding");
        });
        if (Validators.names(rc.request().headers().getAll("If-None-Match"), hash)) {
            response.setStatusCode(304).end();
        } else {
            rc.next();
        }
    }
}
