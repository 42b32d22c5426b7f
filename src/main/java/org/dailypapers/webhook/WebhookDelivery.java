package org.dailypapers.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dailypapers.source.http.PublicAddresses;
import org.dailypapers.subscriber.Subscriptions;

/**
 * Sends what is queued (Standard Webhooks 1.0): {@code webhook-id} is the same at each try, {@code webhook-timestamp} that of
 * the try, {@code webhook-signature} over both and the body. 2xx is taken, 410 ends it, all else is tried again for three
 * days.
 */
@ApplicationScoped
public class WebhookDelivery {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration LEASE = Duration.ofMinutes(10);
    private static final int AT_ONCE = 25;
    private static final int GONE = 410;

    private final Notices notices;
    private final Subscriptions subscriptions;
    private final WebhookSettings settings;
    private final Clock clock;
    private final ObjectMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final AtomicBoolean running = new AtomicBoolean();

    WebhookDelivery(
            Notices notices, Subscriptions subscriptions, WebhookSettings settings, Clock clock, ObjectMapper json) {
        this.notices = notices;
        this.subscriptions = subscriptions;
        this.settings = settings;
        this.clock = clock;
        this.json = json;
    }

    /** Begins to send what is due, on the side; one round at a time. */
    public void begin() {
        if (settings.url().isPresent() && running.compareAndSet(false, true)) {
            Thread.ofVirtual().name("webhook").start(() -> {
                try {
                    round();
                } finally {
                    running.set(false);
                }
            });
        }
    }

    /** Sends what is due until nothing is, or nobody answers; how many were taken. */
    int round() {
        Optional<URI> url = settings.url();
        Optional<WebhookSecret> secret = settings.secret();
        if (url.isEmpty() || secret.isEmpty()) {
            return 0;
        }
        int taken = 0;
        List<Notices.Notice> due;
        while (!(due = notices.claim(AT_ONCE, LEASE)).isEmpty()) {
            int before = taken;
            for (Notices.Notice notice : due) {
                taken += send(notice, url.get(), secret.get()) ? 1 : 0;
            }
            if (taken == before) {
                break;
            }
        }
        notices.prune();
        return taken;
    }

    private boolean send(Notices.Notice notice, URI url, WebhookSecret secret) {
        Set<String> exceptions = settings.inward() ? Set.of(url.getHost().toLowerCase(Locale.ROOT)) : Set.of();
        Optional<String> refusal = new PublicAddresses(exceptions).refusal(url);
        if (refusal.isPresent()) {
            notices.tried(notice, "DAILY_PAPERS_WEBHOOK_URL " + refusal.get(), false);
            return false;
        }
        // With its time: numbers come again after a backup is restored.
        String id = "notice_" + notice.id() + "_" + notice.at().toEpochMilli();
        long second = clock.instant().getEpochSecond();
        String body = body(notice);
        var request = HttpRequest.newBuilder(url)
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .header("User-Agent", "DailyPapers")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(second))
                .header("webhook-signature", secret.sign(id, second, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status = http.send(request, head -> new Unread()).statusCode();
            boolean taken = status >= 200 && status < 300;
            notices.tried(notice, Integer.toString(status), taken || status == GONE);
            return taken;
        } catch (IOException e) {
            notices.tried(notice, e.getClass().getSimpleName(), false);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The status is the whole answer: a body is not waited for, and may have no end. */
    private static final class Unread implements HttpResponse.BodySubscriber<Optional<Void>> {

        @Override
        public CompletionStage<Optional<Void>> getBody() {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public void onSubscribe(Flow.Subscription body) {
            body.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> some) {}

        @Override
        public void onError(Throwable broken) {}

        @Override
        public void onComplete() {}
    }

    private String body(Notices.Notice notice) {
        ObjectNode body = json.createObjectNode();
        body.put("type", notice.kind().type());
        body.put("timestamp", notice.at().toString());
        ObjectNode data = body.putObject("data");
        switch (notice.kind()) {
            case READER_CONFIRMED, READER_LEFT -> {
                data.put("reader", notice.reference());
                // Who was erased meanwhile is a number alone.
                subscriptions.find(notice.reference()).ifPresent(s -> data.put("email", s.email));
            }
            case EDITION_CLOSED ->
                data.put("edition", LocalDate.ofEpochDay(notice.reference()).toString());
            case LETTER_BOUNCED, LETTER_ENDED -> {
                String[] detail = notice.detail().split(" ");
                data.put("letter", detail[0]).put("id", notice.reference());
                data.put(notice.kind() == NoticeKind.LETTER_ENDED ? "state" : "kind", detail[1]);
                if (detail.length > 2) {
                    data.put("status", detail[2]);
                }
            }
        }
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A notice can always be written", e);
        }
    }
}
