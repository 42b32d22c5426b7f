package org.dailypapers.source.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * An empty body that can be sent once. The JDK's client repeats a GET by itself, and at once, where the line ends before
 * an answer; it measures the body anew for each try.
 */
final class SentOnce implements BodyPublisher {
    private boolean sent;

    @Override
    public long contentLength() {
        if (sent) {
            throw new IllegalStateException("the line ended before an answer");
        }
        sent = true;
        return 0;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        BodyPublishers.noBody().subscribe(subscriber);
    }
}
