package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import org.dailypapers.digest.DigestRetry;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Editions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends again what failed. */
@Dependent
@Command(
        name = "retry",
        description = "Queues the digests of an edition again that were refused or expired, unless a later digest took"
                + " their range.")
class RetryCommand extends Verb {

    @Option(
            names = "--edition",
            paramLabel = "DATE",
            required = true,
            description = "Which edition, such as 2026-01-31.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    LocalDate edition;

    @Inject
    Editions editions;

    @Inject
    DigestRetry retry;

    @Inject
    Outbox outbox;

    @Inject
    Postman postman;

    @Override
    public Integer call() {
        DeliveriesCommand.exists(editions, edition);
        DigestRetry.Report report;
        try (Progress progress = Progress.of(console(), "retry", -1)) {
            report = retry.retry(edition, progress::at);
        }
        if (report.digests() == 0) {
            console().complain(DeliveriesCommand.nobody(edition));
        }
        console()
                .say("failed " + report.failed() + ", queued " + report.queued() + ", left "
                        + (report.failed() - report.queued()));
        report.left().forEach((why, count) -> console().say("left " + count + ": " + reason(why)));
        if (report.queued() > 0) {
            console().say(postman.deliver(() -> outbox.counts().getOrDefault(MessageState.QUEUED, 0L)));
        }
        return 0;
    }

    private static String reason(DigestRetry.Left why) {
        return switch (why) {
            case TAKEN -> "a later digest took the range";
            case SUPPRESSED -> "the address is suppressed";
            case WITHDRAWN -> "the reader has left";
            case PAUSED -> "the reader has paused";
        };
    }
}
