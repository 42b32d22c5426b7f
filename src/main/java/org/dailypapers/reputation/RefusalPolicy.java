package org.dailypapers.reputation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
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
    private final Bounces bounces;
    private final Event<MailboxUnreachable> unreachable;
    private final Event<Complained> complaints;
    private final Alarms alarms;
    private final Clock clock;
    private final Map<String, FailureRate> runs = new ConcurrentHashMap<>();

    RefusalPolicy(
            RefusalHistory history,
            SuppressionList suppressions,
            Bounces bounces,
            Event<MailboxUnreachable> unreachable,
            Event<Complained> complaints,
            Alarms alarms,
            Clock clock) {
        this.history = history;
        this.suppressions = suppressions;
        this.bounces = bounces;
        this.unreachable = unreachable;
        this.complaints = complaints;
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
            history.forgive(address, message.id());
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
            case POLICY, POLICY_FOR_NOW, LOGIN, LATER, SLOW_DOWN -> run.count(clock.instant(), false);
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

    /**
     * A letter that was accepted has come back. All that follows is one transaction; the same report a second time changes
     * nothing.
     *
     * @return whether it was news
     */
    public boolean bounced(Bounce bounce) {
        var warnings = new EnumMap<Alarm, String>(Alarm.class);
        boolean news = QuarkusTransaction.requiringNew().call(() -> {
            bounces.hold(bounce.run().name());
            if (!bounces.add(bounce)) {
                return false;
            }
            follow(bounce, warnings);
            return true;
        });
        warnings.forEach(alarms::raise);
        return news;
    }

    /** Notes a report from which nothing follows; whether it was news. */
    public boolean noted(Bounce bounce) {
        return QuarkusTransaction.requiringNew().call(() -> bounces.add(bounce));
    }

    private void follow(Bounce bounce, Map<Alarm, String> warnings) {
        switch (bounce.meaning()) {
            case NO_SUCH_MAILBOX -> gone(bounce, 1, Instant.EPOCH, warnings);
            case PERHAPS_NO_MAILBOX ->
                gone(bounce, PERHAPS_TIMES, bounce.accepted().minus(PERHAPS_WITHIN), warnings);
            case DISABLED -> gone(bounce, DISABLED_TIMES, Instant.EPOCH, warnings);
            case SOFT -> {
                history.cameBack(bounce.address(), bounce.message().id(), bounce.meaning(), bounce.accepted());
                restIfUnreachable(bounce.message(), bounce.address(), bounce.meaning());
            }
            case POLICY -> {
                long distrusting = bounces.count(bounce.run().name(), Bounce.POLICY);
                if (distrusting >= CircuitBreaker.RECIPIENTS
                        && FailureRate.isSuspect(distrusting, bounce.run().letters())) {
                    warnings.put(
                            Alarm.POLICY,
                            distrusting + " letters of the run " + bounce.run().name()
                                    + " came back so, the last with: "
                                    + bounce.reply().anonymous());
                }
            }
            case OUR_FAULT, LOGIN -> warnings.put(Alarm.OUR_FAULT, saying(bounce));
            case REFUSED -> warnings.put(Alarm.REFUSED, saying(bounce));
            case LATER, SLOW_DOWN, POLICY_FOR_NOW -> {}
        }
    }

    private static String saying(Bounce bounce) {
        return "Message " + bounce.message().id() + " (" + bounce.message().kind() + ") came back: "
                + bounce.reply().anonymous();
    }

    private void gone(Bounce bounce, int times, Instant since, Map<Alarm, String> warnings) {
        String address = bounce.address();
        Bounce.Run run = bounce.run();
        history.cameBack(address, bounce.message().id(), bounce.meaning(), bounce.accepted());
        long hard = bounces.count(run.name(), Bounce.HARD);
        if (FailureRate.isSuspect(hard, run.letters())) {
            bounces.takeBack(run.name()).forEach(suppressions::lift);
            warnings.put(
                    Alarm.HARD_FAILURES,
                    hard + " letters of the run " + run.name() + " came back from no mailbox, the last with: "
                            + bounce.reply().anonymous()
                            + ". The fault is probably ours, so nobody is suppressed meanwhile.");
        } else if (history.count(address, bounce.meaning(), since) >= times
                && suppressions.add(address, bounce.reply().anonymous())) {
            bounces.suppressedFor(bounce);
        }
    }

    /** Somebody complained of a letter: never again one to them. Whether it was news. */
    public boolean complained(Bounce bounce) {
        return QuarkusTransaction.requiringNew().call(() -> {
            if (!bounces.add(bounce)) {
                return false;
            }
            suppressions.complained(bounce.address(), bounce.cause());
            complaints.fire(
                    new Complained(bounce.message().kind(), bounce.message().reference()));
            return true;
        });
    }

    private void suppress(FailureRate run) {
        run.released().forEach((address, why) -> suppressions.add(address, why.reason()));
    }

    private void soft(OutboundMessage message, String address, ReplyMeaning meaning) {
        history.add(address, message.id(), meaning);
        restIfUnreachable(message, address, meaning);
    }

    private void restIfUnreachable(OutboundMessage message, String address, ReplyMeaning meaning) {
        if (history.count(address, meaning, Instant.EPOCH) >= SOFT_IN_A_ROW) {
            QuarkusTransaction.joiningExisting()
                    .run(() -> unreachable.fire(new MailboxUnreachable(message.kind(), message.reference())));
        }
    }

    private FailureRate run(OutboundMessage message) {
        return runs.computeIfAbsent(message.kind(), kind -> new FailureRate());
    }
}
