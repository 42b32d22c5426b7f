package org.dailypapers.reputation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.outbox.OutboundMessage;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;

/** What follows for an address from a relay's replies: docs/architecture.md, "A reply, and what it means". */
@ApplicationScoped
public class RefusalPolicy {

    private static final int PERHAPS_TIMES = 3;
    private static final Duration PERHAPS_WITHIN = Duration.ofDays(7);
    private static final int DISABLED_TIMES = 2;
    private static final int SOFT_IN_A_ROW = 5;

    private final RefusalHistory history;
    private final SuppressionList suppressions;
    private final Event<MailboxUnreachable> unreachable;
    private final Alarms alarms;
    private final Clock clock;
    private final Map<String, FailureRate> runs = new ConcurrentHashMap<>();

    RefusalPolicy(
            RefusalHistory history,
            SuppressionList suppressions,
            Event<MailboxUnreachable> unreachable,
            Alarms alarms,
            Clock clock) {
        this.history = history;
        this.suppressions = suppressions;
        this.unreachable = unreachable;
        this.alarms = alarms;
        this.clock = clock;
    }

    /**
     * The address has taken a letter.
     *
     * @param refusedBefore whether something is held against it
     */
    public void accepted(OutboundMessage message, String address, boolean refusedBefore) {
        FailureRate run = run(message);
        run.count(clock.instant(), false);
        run.tellsApart();
        suppress(run);
        if (refusedBefore) {
            history.forgive(address);
        }
    }

    /** The letter was refused for good. */
    public void refused(OutboundMessage message, String address, SmtpReply reply, ReplyMeaning meaning) {
        FailureRate run = run(message);
        switch (meaning) {
            case NO_SUCH_MAILBOX -> hard(run, message, address, reply, meaning, 1, Instant.EPOCH);
            case PERHAPS_NO_MAILBOX ->
                hard(
                        run,
                        message,
                        address,
                        reply,
                        meaning,
                        PERHAPS_TIMES,
                        clock.instant().minus(PERHAPS_WITHIN));
            case DISABLED -> hard(run, message, address, reply, meaning, DISABLED_TIMES, Instant.EPOCH);
            case SOFT -> {
                run.count(clock.instant(), false);
                run.tellsApart();
                suppress(run);
                soft(message, address, meaning);
            }
            case OUR_FAULT -> {
                run.count(clock.instant(), false);
                alarms.raise(
                        Alarm.OUR_FAULT,
                        "Message " + message.id() + " (" + message.kind() + ") was refused: " + reply.anonymous());
            }
            case REFUSED -> {
                run.count(clock.instant(), false);
                alarms.raise(
                        Alarm.REFUSED,
                        "Message " + message.id() + " (" + message.kind() + ") was refused: " + reply.anonymous());
            }
            case POLICY, LOGIN, LATER, SLOW_DOWN -> run.count(clock.instant(), false);
        }
    }

    private void hard(
            FailureRate run,
            OutboundMessage message,
            String address,
            SmtpReply reply,
            ReplyMeaning meaning,
            int times,
            Instant since) {
        run.count(clock.instant(), true);
        run.refused(address, reply.wordsWithout(address));
        history.add(address, message.id(), meaning);
        if (run.isSuspect()) {
            run.liftAll().forEach(suppressions::remove);
            alarms.raise(
                    Alarm.HARD_FAILURES,
                    run + " of this run met no mailbox (" + message.kind() + "), the last with: " + reply.anonymous()
                            + ". The fault is probably ours, so nobody is suppressed meanwhile.");
            return;
        }
        if (history.count(address, meaning, since) >= times
                && suppressions.find(address).isEmpty()) {
            run.withhold(
                    address, new FailureRate.Refusal(reply.anonymous(), meaning != ReplyMeaning.PERHAPS_NO_MAILBOX));
        }
        run.doubtful().forEach(suppressions::remove);
        suppress(run);
        if (run.refusesAll()) {
            alarms.raise(
                    Alarm.HARD_FAILURES,
                    run + " of this run met no mailbox (" + message.kind() + "), all refused with the same words: "
                            + reply.anonymous()
                            + ". The fault is probably ours, so nobody is suppressed before a letter is taken.");
        }
    }

    private void suppress(FailureRate run) {
        run.released().forEach((address, why) -> suppressions.add(address, why.reason()));
    }

    private void soft(OutboundMessage message, String address, ReplyMeaning meaning) {
        history.add(address, message.id(), meaning);
        if (history.count(address, meaning, Instant.EPOCH) >= SOFT_IN_A_ROW) {
            QuarkusTransaction.requiringNew()
                    .run(() -> unreachable.fire(new MailboxUnreachable(message.kind(), message.reference())));
        }
    }

    private FailureRate run(OutboundMessage message) {
        return runs.computeIfAbsent(message.kind(), kind -> new FailureRate());
    }
}
