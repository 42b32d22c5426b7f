package org.dailypapers.source.http;

import java.time.Duration;
import org.dailypapers.source.SourceStandings;

/** One rest between any two requests to a source, whatever they ask and from whichever process: the database keeps it. */
public final class SharedPace implements Pace {
    private final SourceStandings standings;
    private final String source;
    private final Duration gap;
    private final Pause pause;

    /** @param gap from the end of one request to the next */
    public SharedPace(SourceStandings standings, String source, Duration gap, Pause pause) {
        this.standings = standings;
        this.source = source;
        this.gap = gap;
        this.pause = pause;
    }

    @Override
    public void before() throws InterruptedException {
        Duration wait = standings.nextRequest(source, gap);
        if (wait.isPositive()) {
            pause.last(wait);
        }
    }

    @Override
    public void after() {
        standings.requestEnded(source);
    }
}
