package org.dailypapers.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.dailypapers.reputation.Alarms;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How delivery stands, for {@code /q/health/ready}. Always up: a process whose relay is in trouble still serves pages,
 * and taking it away would not help; the data says what is degraded.
 */
@Readiness
@ApplicationScoped
class DeliveryHealth implements HealthCheck {

    private static final Duration RECENT = Duration.ofDays(1);

    private final Delivery delivery;
    private final Alarms alarms;
    private final Clock clock;

    DeliveryHealth(Delivery delivery, Alarms alarms, Clock clock) {
        this.delivery = delivery;
        this.alarms = alarms;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> stopped = delivery.stopped();
        var response = HealthCheckResponse.named("delivery")
                .up()
                .withData("state", stopped.isPresent() ? "degraded" : "ok")
                .withData("connections", delivery.connections());
        stopped.ifPresent(why -> response.withData("stopped", why));
        alarms.since(clock.instant().minus(RECENT))
                .forEach((kind, raised) -> response.withData("alarm " + kind, raised.at() + " " + kind.title()));
        return response.build();
    }
}
