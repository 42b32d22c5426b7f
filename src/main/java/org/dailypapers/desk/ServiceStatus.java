package org.dailypapers.desk;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dailypapers.backup.Backups;
import org.dailypapers.edition.Intake;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Editions;
import org.dailypapers.reputation.Alarms;
import org.dailypapers.source.SourceStanding;
import org.dailypapers.storage.StorageSettings;
import org.dailypapers.template.Fault;
import org.dailypapers.template.OwnTemplates;
import org.eclipse.microprofile.config.ConfigProvider;

/** Whether everything is well, on one screen. */
@ApplicationScoped
public class ServiceStatus {

    private static final Duration ALARMS_OF = Duration.ofDays(1);

    /** A digest that is due leaves within minutes, where a relay takes it. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(2);

    private static final Duration BACKUP_IS_OLD = Duration.ofDays(8);
    private static final long LEAST_ROOM = 200L << 20;

    private final Intake intake;
    private final Editions editions;
    private final Outbox outbox;
    private final Alarms alarms;
    private final Backups backups;
    private final StorageSettings storage;
    private final OwnTemplates templates;
    private final Clock clock;

    ServiceStatus(
            Intake intake,
            Editions editions,
            Outbox outbox,
            Alarms alarms,
            Backups backups,
            StorageSettings storage,
            OwnTemplates templates,
            Clock clock) {
        this.intake = intake;
        this.editions = editions;
        this.outbox = outbox;
        this.alarms = alarms;
        this.backups = backups;
        this.storage = storage;
        this.templates = templates;
        this.clock = clock;
    }

    /**
     * One matter.
     *
     * @param well whether nobody need do anything about it
     */
    public record Matter(String name, boolean well, String said) {}

    /** Every matter, as it stands now. */
    public List<Matter> matters() {
        Instant now = clock.instant();
        var all = new ArrayList<Matter>();
        all.add(new Matter(
                "version",
                true,
                ConfigProvider.getConfig()
                        .getOptionalValue("quarkus.application.version", String.class)
                        .orElse("unknown")));
        all.add(new Matter("database", true, storage.embedded() ? "H2 in " + storage.data() : "PostgreSQL"));
        intake.standings().forEach(standing -> all.add(source(standing)));
        boolean overdue = editions.overdue();
        all.add(new Matter(
                "edition",
                !overdue,
                "open " + editions.oldestOpen() + (overdue ? ", overdue: it should be closed by now" : "")
                        + editions.newestClosed()
                                .map(date -> "; closed " + date)
                                .orElse("")));
        Duration age = outbox.age();
        all.add(new Matter(
                "queue",
                age.compareTo(LONGEST_WAIT) < 0,
                outbox.queued() + " wait" + (age.isZero() ? "" : ", the oldest for " + words(age))));
        all.add(letters());
        List<Alarms.Raised> raised = alarms.kept(now.minus(ALARMS_OF));
        all.add(new Matter(
                "alarms",
                raised.isEmpty(),
                raised.isEmpty()
                        ? "none in the last day"
                        : raised.stream()
                                .map(a -> a.kind() + " at " + second(a.at()) + ": " + a.text())
                                .collect(Collectors.joining("; "))));
        templates.folder().ifPresent(folder -> all.add(own(folder, templates.report())));
        all.add(disk());
        Optional<Backups.Last> last = backups.last();
        all.add(new Matter(
                "backup",
                last.filter(b -> b.at().isAfter(now.minus(BACKUP_IS_OLD))).isPresent()
                        || !editions.newestLived().isPresent(),
                last.map(b -> second(b.at()) + ", " + b.said()).orElse("none yet; make one with: ./run backup FILE")));
        return all;
    }

    private Matter source(SourceStanding standing) {
        Optional<String> worry = intake.worry(standing);
        return new Matter(
                "source " + standing.name,
                worry.isEmpty(),
                (standing.answeredAt == null
                                ? "never answered"
                                : "answered " + words(Duration.between(standing.answeredAt, clock.instant())) + " ago")
                        + (standing.readTo == null ? "" : ", read to " + standing.readTo)
                        + worry.map(w -> "; " + w).orElse(""));
    }

    private Matter letters() {
        Map<MessageState, Long> counts = outbox.counts();
        return new Matter(
                "letters",
                true,
                counts.isEmpty()
                        ? "none yet"
                        : counts.entrySet().stream()
                                .map(c -> c.getValue() + " " + c.getKey().name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }

    private static Matter own(Path folder, OwnTemplates.Report report) {
        return new Matter(
                "templates",
                report.faults().isEmpty(),
                report.faults().isEmpty()
                        ? report.used().size() + " of your own from " + folder
                        : report.faults().stream().map(Fault::toString).collect(Collectors.joining("; "))
                                + "; the built-in ones are used. See ./run templates");
    }

    private Matter disk() {
        if (!Files.isDirectory(storage.data())) {
            return new Matter("disk", true, "no data folder");
        }
        try {
            long room = Files.getFileStore(storage.data()).getUsableSpace();
            return new Matter("disk", room >= LEAST_ROOM, (room >> 20) + " MB free");
        } catch (IOException e) {
            return new Matter("disk", false, "the data folder cannot be looked at: " + e.getMessage());
        }
    }

    private static String second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String words(Duration time) {
        return time.toDays() > 1
                ? time.toDays() + " days"
                : time.toHours() > 1 ? time.toHours() + " hours" : time.toMinutes() + " minutes";
    }
}
