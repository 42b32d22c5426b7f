package org.dailypapers.command.verb;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.command.check.Failure;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.ComposeRun;
import org.dailypapers.digest.DigestComposer;
import org.dailypapers.edition.EditionClosing;
import org.dailypapers.matching.FirstLetter;
import org.dailypapers.outbox.MessageState;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.subscriber.Consent;
import org.dailypapers.subscriber.EmailAddress;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.subscriber.Subscriptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Composes digests. */
@Dependent
@Command(name = "digest", description = "Composes the digests that are due, or those of one edition.")
class DigestCommand extends Verb {

    @Option(
            names = "--edition",
            paramLabel = "DATE",
            description = "That edition alone, whatever the readers' clocks, for who has no digest of it yet.")
    @Nullable
    LocalDate edition;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "One reader alone.")
    @Nullable
    String to;

    @Option(names = "--dry-run", description = "Prints who would be sent what, and sends nothing.")
    boolean dryRun;

    @Inject
    Editions editions;

    @Inject
    EditionClosing closing;

    @Inject
    DigestComposer composer;

    @Inject
    FirstLetter firstLetter;

    @Inject
    Subscriptions subscriptions;

    @Inject
    Papers papers;

    @Inject
    Outbox outbox;

    @Inject
    Postman postman;

    @Override
    public Integer call() {
        Commands.refuseSample(firstLetter);
        @Nullable Long only = to == null ? null : reader(to).id;
        if (edition != null) {
            prepare(edition);
        }
        if (edition == null && editions.overdue()) {
            throw new Failure(
                    "The edition of " + editions.oldestOpen() + " is still to be closed; close it first, with: close");
        }
        if (dryRun) {
            dryRun(only);
            return 0;
        }
        ComposeRun.Composed composed;
        if (edition != null) {
            long readers = only == null ? composer.readers() : 1;
            try (Progress progress = Progress.of(console(), "digest", readers)) {
                composed = composer.composeByHand(edition, only, progress::at);
            }
        } else {
            composed = composer.composeDue(only);
        }
        console().say("considered " + composed.considered() + ", queued " + composed.queued());
        if (composed.queued() > 0) {
            console().say(postman.deliver(() -> outbox.counts().getOrDefault(MessageState.QUEUED, 0L)));
        }
        return 0;
    }

    private Subscriber reader(String to) {
        Optional<Subscriber> found =
                switch (EmailAddress.read(to)) {
                    case EmailAddress.Good(EmailAddress address) -> subscriptions.find(address);
                    case EmailAddress.Faulty faulty ->
                        throw new Failure(to + " is no e-mail address. " + faulty.reason());
                };
        if (found.isEmpty() || found.get().consent != Consent.CONFIRMED) {
            throw new Failure(to + " is no confirmed reader; import one with: subscribers import FILE");
        }
        return found.get();
    }

    private void prepare(LocalDate edition) {
        boolean closed = editions.find(edition).map(Edition::closed).orElse(false);
        if (!closed) {
            if (dryRun) {
                throw new Failure("The edition of " + edition
                        + " is not closed; a dry run closes nothing. Close it with:" + " close --edition=" + edition);
            }
            try {
                closing.close(edition);
            } catch (IllegalArgumentException e) {
                throw new Failure(String.valueOf(e.getMessage()));
            }
        }
    }

    private void dryRun(@Nullable Long only) {
        var letters = new AtomicInteger();
        composer.dryRun(edition, only, proposal -> {
            show(proposal);
            letters.incrementAndGet();
        });
        console().say("would send " + letters);
    }

    private void show(ComposeRun.Proposal proposal) {
        console().say(proposal.address() + "\t" + proposal.papers().size() + " papers");
        Map<Long, Paper> byId = papers
                .byIds(proposal.papers().stream().map(Chosen::paper).toList())
                .stream()
                .collect(Collectors.toMap(paper -> paper.id, Function.identity()));
        for (Chosen choice : proposal.papers()) {
            Paper paper = byId.get(choice.paper());
            if (paper == null) {
                continue; // Removed just now.
            }
            console()
                    .say("\t" + paper.publicId + "\t" + paper.title + "\t"
                            + (choice.interest() == null ? "trending" : choice.interest()));
        }
    }
}
