package org.dailypapers.source.http;

import org.dailypapers.source.SourceException;

/** When a server may be asked: it may want a rest between two requests, from whichever process they come. */
public interface Pace {

    /** As often as one likes. */
    Pace FREE = new Pace() {
        @Override
        public void before() {}

        @Override
        public void after() {}
    };

    /**
     * Returns when a request may leave.
     *
     * @throws SourceException where none may
     */
    void before() throws InterruptedException, SourceException;

    /** Told when a request has ended, well or not. */
    void after();
}
