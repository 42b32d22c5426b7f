package org.dailypapers.site.connection;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;

/**
 * Lets every way of posting to a link of unsubscription through: mail hosts send what they like as {@code Accept} and
 * {@code Content-Type}, and a reader who wants to leave is not to be told that a header is odd (RFC 8058 §3.2).
 */
final class OneClickPosts {

    private static final int BEFORE_ROUTES = 80;

    void register(@Observes Filters filters) {
        filters.register(this::smooth, BEFORE_ROUTES);
    }

    private void smooth(RoutingContext rc) {
        if (rc.request().method() == HttpMethod.POST && rc.normalizedPath().startsWith("/unsubscribe/")) {
            MultiMap headers = rc.request().headers();
            headers.set("Accept", "*/*");
            headers.remove("Content-Type");
        }
        rc.next();
    }
}
