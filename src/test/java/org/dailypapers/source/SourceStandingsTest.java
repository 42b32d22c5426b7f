package org.dailypapers.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.dailypapers.FreshService;
import org.dailypapers.MovedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is to ask a source. */
@QuarkusTest
class SourceStandingsTest {

    private static final Duration GAP = Duration.ofSeconds(3);

    @Inject
    FreshService service;

    @Inject
    MovedClock clock;

    @Inject
    SourceStandings standings;

    @BeforeEach
    void begin() {
        service.at("2026-03-02T12:00:00Z");
    }

    @Test
    void whoWaitsForItsNextRequestHasTheTurnStill() {
        assertTrue(standings.take("arxiv", Instant.MIN).isPresent());
        standings.requestEnded("arxiv");
        assertEquals(GAP, standings.nextRequest("arxiv", GAP));
        assertTrue(standings.takeNow("arxiv").isEmpty(), "asked by two at once");
    }

    @Test
    void aTurnThatAClockAheadHasWrittenEndsNotLaterThanAnother() {
        assertTrue(standings.take("arxiv", Instant.MIN).isPresent());
        clock.move(Duration.ofDays(-1));
        assertTrue(standings.takeNow("arxiv").isPresent());
    }
}
