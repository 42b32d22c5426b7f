package org.dailypapers.site.answer;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import jakarta.enterprise.event.Observes;

/** What every answer tells the browser: no script but our own files, no frames, no referrer. */
final class SecurityHeaders {

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final int BEFORE_ROUTES = 100;

    void register(@Observes Filters filters) {
        filters.register(
                rc -> {
                    rc.addHeadersEndHandler(end -> {
                        MultiMap headers = rc.response().headers();
                        if (!headers.contains("Content-Security-Policy")) {
                            headers.set("Content-Security-Policy", POLICY);
                            headers.set("X-Frame-Options", "DENY");
                        }
                        headers.set("X-Content-Type-Options", "nosniff");
                        headers.set("Referrer-Policy", "no-referrer");
                    });
                    rc.next();
                },
                BEFORE_ROUTES);
    }
}
