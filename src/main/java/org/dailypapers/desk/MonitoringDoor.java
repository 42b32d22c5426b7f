package org.dailypapers.desk;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import org.dailypapers.web.AddressBlocks;
import org.dailypapers.web.LocalClient;
import org.jboss.logging.Logger;

/**
 * Keeps what an operator watches under {@code /q} from strangers: metrics, and the health checks one by one, are for this
 * machine and for the addresses that a setting names, without a proxy between. Everybody is told whether the service is
 * up, and nothing more.
 */
@Singleton
class MonitoringDoor {

    private static final Logger LOG = Logger.getLogger(MonitoringDoor.class);

    /** After the headers that every answer has, before the routes. */
    private static final int BEFORE_ROUTES = 90;

    private final SmallRyeHealthReporter health;
    private final AddressBlocks watchers;

    private final Map<String, Function<SmallRyeHealthReporter, Uni<SmallRyeHealth>>> states = Map.of(
            "/q/health", SmallRyeHealthReporter::getHealthAsync,
            "/q/health/live", SmallRyeHealthReporter::getLivenessAsync,
            "/q/health/ready", SmallRyeHealthReporter::getReadinessAsync,
            "/q/health/started", SmallRyeHealthReporter::getStartupAsync);

    MonitoringDoor(SmallRyeHealthReporter health, DeskSettings settings) {
        this.health = health;
        this.watchers = settings.monitoringFrom().orElse(AddressBlocks.NONE);
    }

    void register(@Observes Filters filters) {
        filters.register(this::judge, BEFORE_ROUTES);
    }

    private void judge(RoutingContext rc) {
        String path = rc.normalizedPath().replaceAll("/+", "/").replaceFirst("(?<=.)/$", "");
        boolean open = !path.equals("/q") && !path.startsWith("/q/") || path.equals("/q/openapi");
        if (open || mayWatch(rc.request())) {
            rc.next();
        } else if (states.containsKey(path) && isLook(rc.request())) {
            tellState(rc, states.get(path));
        } else {
            rc.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain; charset=utf-8")
                    .end("Open to the operator alone: from this machine, or from an address that"
                            + " DAILY_PAPERS_MONITORING_FROM names, and without a proxy between.\n");
        }
    }

    private boolean mayWatch(HttpServerRequest request) {
        return LocalClient.sent(request)
                || LocalClient.isDirect(request)
                        && watchers.hold(
                                request.connection().remoteAddress(true).hostAddress());
    }

    private static boolean isLook(HttpServerRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }

    private void tellState(RoutingContext rc, Function<SmallRyeHealthReporter, Uni<SmallRyeHealth>> state) {
        state.apply(health).subscribe().with(now -> rc.vertx().runOnContext(x -> tell(rc, !now.isDown())), problem -> {
            LOG.error("The health checks failed", problem);
            tell(rc, false);
        });
    }

    private static void tell(RoutingContext rc, boolean up) {
        rc.response()
                .setStatusCode(up ? 200 : 503)
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .end("{\"status\": \"" + (up ? "UP" : "DOWN") + "\"}");
    }
}
