package org.dailypapers.desk;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import org.dailypapers.delivery.SampledFigure;
import org.dailypapers.edition.Intake;
import org.dailypapers.source.SourceStanding;
import org.dailypapers.source.Sources;

/** How many seconds ago each source last answered, as a metric. */
@ApplicationScoped
class SourceAges {

    private final Intake intake;
    private final Sources sources;
    private final Clock clock;

    SourceAges(Intake intake, Sources sources, Clock clock) {
        this.intake = intake;
        this.sources = sources;
        this.clock = clock;
    }

    void register(@Observes StartupEvent start, MeterRegistry metrics) {
        for (String name : sources.enabledNames()) {
            Gauge.builder("dailypapers.source.age.seconds", new SampledFigure(() -> age(name))::getAsDouble)
                    .tag("source", name)
                    .register(metrics);
        }
    }

    /** Not a number until it was first asked. */
    private double age(String name) {
        return intake.standings().stream()
                .filter(standing -> standing.name.equals(name))
                .mapToDouble(this::age)
                .findFirst()
                .orElse(Double.NaN);
    }

    private double age(SourceStanding standing) {
        return Duration.between(standing.answeredAt == null ? standing.since : standing.answeredAt, clock.instant())
                .toSeconds();
    }
}
