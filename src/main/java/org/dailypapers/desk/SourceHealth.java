package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.dailypapers.edition.Intake;
import org.dailypapers.source.SourceStanding;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How fresh each source is, for {@code /q/health/ready}. Always up: without news there are still pages and letters; the
 * data says which source is silent, and why.
 */
@Readiness
@ApplicationScoped
class SourceHealth implements HealthCheck {

    private final Intake intake;
    private final Clock clock;

    SourceHealth(Intake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("sources").up();
        for (SourceStanding standing : intake.standings()) {
            response.withData(
                    standing.name,
                    (intake.worry(standing).isPresent() ? worried(standing) : "")
                            + (standing.answeredAt == null ? "never answered" : "answered " + standing.answeredAt)
                            + (standing.readTo == null ? "" : ", read to " + standing.readTo)
                            + (standing.failure == null ? "" : ", failed since: " + standing.failure));
        }
        return response.build();
    }

    private String worried(SourceStanding standing) {
        return switch (standing.trouble) {
            case FORBIDDEN -> "refuses, ";
            case LIES -> "lies, ";
            case null, default -> standing.silent(clock.instant()) ? "silent, " : "stale, ";
        };
    }
}
