package org.dailypapers.desk.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dailypapers.desk.door.Times;
import org.dailypapers.desk.figure.DiskFigures;
import org.dailypapers.desk.figure.ReaderFigures;
import org.dailypapers.desk.figure.RunFigures;
import org.dailypapers.edition.Intake;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.EditionCalendar;
import org.dailypapers.paper.Editions;
import org.dailypapers.source.SourceStanding;
import org.dailypapers.template.OwnTemplates;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Gathers how everything stands. */
@ApplicationScoped
class Today {

    /** Below this the disk is named among the troubles. */
    private static final int LEAST_PERCENT = 5;

    private final Editions editions;
    private final EditionCalendar calendar;
    private final Intake intake;
    private final RunFigures runs;
    private final ReaderFigures readers;
    private final DiskFigures disk;
    private final Sendings sendings;
    private final Deeds deeds;

    @ConfigProperty(name = "quarkus.application.version")
    String version = "";

    @Inject
    OwnTemplates templates;

    Today(
            Editions editions,
            EditionCalendar calendar,
            Intake intake,
            RunFigures runs,
            ReaderFigures readers,
            DiskFigures disk,
            Sendings sendings,
            Deeds deeds) {
        this.editions = editions;
        this.calendar = calendar;
        this.intake = intake;
        this.runs = runs;
        this.readers = readers;
        this.disk = disk;
        this.sendings = sendings;
        this.deeds = deeds;
    }

    TodayView view() {
        Instant now = calendar.now();
        List<TodayView.SourceView> sources =
                intake.standings().stream().map(each -> source(each, now)).toList();
        List<TodayView.AlarmView> alarms = sendings.alarms();
        Optional<DiskFigures.Room> room = disk.room();
        var troubles = new ArrayList<TodayView.Trouble>();
        sendings.stopped()
                .ifPresent(why -> troubles.add(new TodayView.Trouble(
                        "Letters wait: " + why,
                        "The service tries again by itself; the alarm below says what to do.")));
        sources.stream()
                .filter(source -> !source.well())
                .forEach(source -> troubles.add(new TodayView.Trouble(
                        source.name() + ": " + source.state(),
                        "It is asked again by itself; what it lists meanwhile arrives with its next answer.")));
        room.filter(it -> it.freePercent() < LEAST_PERCENT)
                .ifPresent(it -> troubles.add(new TodayView.Trouble(
                        "The disk is nearly full: " + it.words(), "Make room before the database can write no more.")));
        templates
                .report()
                .faults()
                .forEach(fault -> troubles.add(new TodayView.Trouble(
                        "A template or message of your own is not used: " + fault,
                        "The built-in one stands in for it. Mend the file; ./run templates says whether it will do.")));
        if (editions.overdue()) {
            troubles.add(new TodayView.Trouble(
                    "An edition is open though its time has come.",
                    "It closes with the next tick, or once a source that is being asked has answered."));
        }
        return new TodayView(
                Times.of(now),
                version,
                troubles,
                readers(),
                edition(),
                editions.newestLived().map(this::run).orElse(null),
                sendings.relay(room.map(DiskFigures.Room::words).orElse(null)),
                sources,
                alarms,
                deeds.running().orElse(null),
                deeds.done());
    }

    private List<TodayView.Figure> readers() {
        ReaderFigures.Counts counts = readers.counts();
        return List.of(
                figure("read", counts.confirmed(), "/desk/readers?state=confirmed"),
                figure("of them rest", counts.paused(), "/desk/readers?state=paused"),
                figure("wait for their link", counts.pending(), "/desk/readers?state=pending"),
                figure("came in 7 days", counts.came(), "/desk/readers?state=came"),
                figure("left in 7 days", counts.went(), "/desk/readers?state=left"));
    }

    private static TodayView.Figure figure(String name, long count, @Nullable String link) {
        return new TodayView.Figure(name, Times.number(count), link);
    }

    private TodayView.EditionView edition() {
        LocalDate open = editions.oldestOpen();
        Optional<LocalDate> closed = editions.newestClosed();
        List<Editions.Listed> listed = editions.listed(0, 7);
        return new TodayView.EditionView(
                open.toString(),
                papers(listed, open),
                Times.of(calendar.closesAt(open)),
                closed.flatMap(editions::find)
                        .map((Edition edition) -> edition.date.toString())
                        .orElse(null),
                closed.map(date -> papers(listed, date)).orElse(null));
    }

    private static String papers(List<Editions.Listed> listed, LocalDate date) {
        return Times.number(listed.stream()
                .filter(each -> each.date().equals(date))
                .mapToLong(Editions.Listed::papers)
                .sum());
    }

    private TodayView.RunView run(LocalDate edition) {
        RunFigures.Run run = runs.run(edition);
        String rows = "/desk/letters?edition=" + edition + "&state=";
        long due = runs.due();
        return new TodayView.RunView(
                edition.toString(),
                run.percent(),
                run.waiting() > 0,
                run.left().map(Times::words).orElse(null),
                Stream.of(
                                figure("due, not composed yet", due, null),
                                figure("composed", run.composed(), rows + "all"),
                                figure("wait", run.waiting(), rows + "queued"),
                                figure("accepted", run.in(MessageState.ACCEPTED), rows + "accepted"),
                                figure("refused", run.in(MessageState.REJECTED), rows + "rejected"),
                                figure("expired", run.in(MessageState.EXPIRED), rows + "expired"),
                                figure("no longer wanted", run.in(MessageState.WITHDRAWN), rows + "withdrawn"),
                                figure("came back", run.bounced(), rows + "bounced"),
                                figure("complained", run.complained(), rows + "complained"))
                        .toList());
    }

    private TodayView.SourceView source(SourceStanding standing, Instant now) {
        // Who has never answered has brought nothing yet: that is no matter of patience.
        Optional<String> worry = intake.worry(standing)
                .or(() -> Optional.ofNullable(standing.answeredAt == null ? standing.failure : null)
                        .map(why -> "has never answered: " + why));
        String state = worry.orElseGet(
                () -> standing.failure == null ? "well" : "did not answer the last time: " + standing.failure);
        return new TodayView.SourceView(
                standing.name,
                Times.ago(standing.answeredAt, now),
                standing.readTo == null ? "" : standing.readTo.toString(),
                state,
                worry.isEmpty(),
                standing.failure == null);
    }
}
