package org.dailypapers.desk.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.dailypapers.delivery.Delivery;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.figure.RunFigures;
import org.dailypapers.mailbox.MailboxServer;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.smtp.RelaySettings;
import org.jspecify.annotations.Nullable;

/** How sending stands: the relay, the queue, the alarms of the last days. */
@ApplicationScoped
class Sendings {

    private static final Duration ALARMS_OF = Duration.ofDays(3);
    private static final int MOST_ALARMS = 20;

    private final Delivery delivery;
    private final Outbox outbox;
    private final RunFigures runs;
    private final Alarms alarms;
    private final RelaySettings relay;
    private final MailboxServer catcher;
    private final Clock clock;

    Sendings(
            Delivery delivery,
            Outbox outbox,
            RunFigures runs,
            Alarms alarms,
            RelaySettings relay,
            MailboxServer catcher,
            Clock clock) {
        this.delivery = delivery;
        this.outbox = outbox;
        this.runs = runs;
        this.alarms = alarms;
        this.relay = relay;
        this.catcher = catcher;
        this.clock = clock;
    }

    /** Why letters wait, if they do. */
    Optional<String> stopped() {
        return delivery.stopped();
    }

    List<TodayView.AlarmView> alarms() {
        return alarms.kept(clock.instant().minus(ALARMS_OF)).stream()
                .limit(MOST_ALARMS)
                .map(raised -> new TodayView.AlarmView(
                        Times.of(raised.at()),
                        raised.kind().title(),
                        raised.text(),
                        raised.kind().advice()))
                .toList();
    }

    TodayView.RelayView relay(@Nullable String disk) {
        Optional<String> stopped = stopped();
        return new TodayView.RelayView(
                relay.host()
                        .map(host -> host + ":" + relay.effectivePort())
                        .orElse(
                                catcher.port().isPresent()
                                        ? "none is set; letters are caught at /mailbox"
                                        : "none is set"),
                stopped.orElse("well"),
                stopped.isEmpty(),
                List.of(
                        new TodayView.Figure("letters wait", Times.number(runs.queued()), null),
                        new TodayView.Figure("has waited longest", Times.words(outbox.age()), null),
                        new TodayView.Figure("connections", Integer.toString(delivery.connections()), null)),
                disk);
    }
}
