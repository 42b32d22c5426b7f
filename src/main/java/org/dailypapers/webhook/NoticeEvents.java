package org.dailypapers.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import org.dailypapers.edition.EditionClosed;
import org.dailypapers.outbox.DeliveryEnded;
import org.dailypapers.reputation.CameBack;
import org.dailypapers.subscriber.Confirmed;
import org.dailypapers.subscriber.Left;
import org.dailypapers.subscriber.Newcomers;

/** Queues what is to be told in the transaction in which it happens. */
@ApplicationScoped
class NoticeEvents {

    private final Notices notices;
    private final WebhookSettings settings;

    NoticeEvents(Notices notices, WebhookSettings settings) {
        this.notices = notices;
        this.settings = settings;
    }

    private void tell(NoticeKind kind, List<Long> references, String detail) {
        if (settings.tells(kind)) {
            notices.queue(kind, references, detail);
        }
    }

    void confirmed(@Observes Confirmed event) {
        tell(NoticeKind.READER_CONFIRMED, List.of(event.subscriber().id), "");
    }

    void came(@Observes Newcomers.NewReaders event) {
        tell(
                NoticeKind.READER_CONFIRMED,
                event.subscribers().stream().map(s -> s.id).toList(),
                "");
    }

    void left(@Observes Left event) {
        tell(NoticeKind.READER_LEFT, List.of(event.subscriberId()), "");
    }

    void bounced(@Observes CameBack event) {
        tell(
                NoticeKind.LETTER_BOUNCED,
                List.of(event.reference()),
                event.letter() + " " + event.kind()
                        + event.status().map(s -> " " + s).orElse(""));
    }

    void closed(@Observes EditionClosed event) {
        tell(NoticeKind.EDITION_CLOSED, List.of(event.date().toEpochDay()), "");
    }

    void ended(@Observes DeliveryEnded event) {
        tell(
                NoticeKind.LETTER_ENDED,
                List.of(event.reference()),
                event.kind() + " " + event.state().name().toLowerCase(Locale.ROOT));
    }
}
