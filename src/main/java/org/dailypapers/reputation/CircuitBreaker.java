package org.dailypapers.reputation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.dailypapers.smtp.ReplyMeaning;
import org.dailypapers.smtp.SmtpReply;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stops a run that does harm: at once where the login is refused; where recipients distrust us, or find fault with our
 * letters, once five of them and 20 % of the last fifty say so.
 *
 * <p>After a while one letter is let through; if it is taken, the others follow, else the next one waits twice as long.
 * A restart closes the breaker.
 */
public final class CircuitBreaker {

    private static final Logger LOG = Logger.getLogger(CircuitBreaker.class);

    /** How many letters are looked back at. */
    static final int WINDOW = 50;

    /** How many recipients at least must say so. */
    public static final int RECIPIENTS = 5;

    private static final int ONE_IN = 5;

    private final Alarms alarms;
    private final Clock clock;
    private final Deque<Verdict> lately = new ArrayDeque<>(WINDOW);
    private @Nullable Alarm cause;
    private Instant opened = Instant.EPOCH;
    private Duration pause = Duration.ZERO;
    private boolean probing;

    private record Verdict(String address, @Nullable Alarm fault) {}

    /** What may pass at present. */
    public enum State {
        /** Every letter. */
        CLOSED,
        /** One letter, to see how the relay takes it; {@link #probed} when it is through. */
        HALF_OPEN,
        /** None. */
        OPEN
    }

    public CircuitBreaker(Alarms alarms, Clock clock) {
        this.alarms = alarms;
        this.clock = clock;
    }

    /** How it stands for whoever is about to send; of many who ask at once one alone is told HALF_OPEN. */
    public synchronized State tryPass() {
        if (cause == null) {
            return State.CLOSED;
        }
        if (probing || rests()) {
            return State.OPEN;
        }
        probing = true;
        return State.HALF_OPEN;
    }

    /** The absolute time: a clock that was set back must not make a rest longer. */
    private boolean rests() {
        return Duration.between(opened, clock.instant()).abs().compareTo(pause) < 0;
    }

    /** The one letter is through, or there was none. */
    public synchronized void probed() {
        probing = false;
    }

    public synchronized boolean isClosed() {
        return cause == null;
    }

    /** Whether not even the operator can be written to. */
    public synchronized boolean stopsAll() {
        return cause == Alarm.LOGIN;
    }

    /** Why nothing passes and when the next letter is tried, for people; empty where all passes. */
    public synchronized Optional<String> stopReason() {
        return cause == null
                ? Optional.empty()
                : Optional.of(cause.title() + "; letters wait, one is tried at " + opened.plus(pause));
    }

    /** The relay refused our login. */
    public void loginRefused(String said) {
        open(Alarm.LOGIN, "Nothing can be sent: " + said);
    }

    /** A letter was taken. */
    public void accepted(String address) {
        boolean opened;
        synchronized (this) {
            opened = cause != null;
            cause = null;
            pause = Duration.ZERO;
            if (opened) {
                lately.clear();
            }
            remember(new Verdict(key(address), null));
        }
        if (opened) {
            LOG.info("The relay takes letters again; the run goes on");
        }
    }

    /** A letter was refused for good, or for now by whoever distrusts us. */
    public void refused(String address, SmtpReply reply, ReplyMeaning meaning) {
        @Nullable
        Alarm fault =
                switch (meaning) {
                    case POLICY, POLICY_FOR_NOW -> Alarm.POLICY;
                    case OUR_FAULT -> ofItsAddress(reply) ? null : Alarm.OUR_FAULT;
                    case NO_SUCH_MAILBOX, PERHAPS_NO_MAILBOX, DISABLED, SOFT, LOGIN, LATER, SLOW_DOWN, REFUSED -> null;
                };
        @Nullable Alarm opens;
        String share;
        synchronized (this) {
            if (cause == Alarm.LOGIN) {
                cause = null; // Who refuses a letter has let us in.
            }
            remember(new Verdict(key(address), fault));
            int recipients = fault == null ? 0 : recipients(fault);
            share = recipients + " of the last " + lately.size();
            boolean many = recipients >= RECIPIENTS && recipients * ONE_IN >= lately.size();
            opens = cause != null || many ? fault : null;
        }
        if (opens != null) {
            open(opens, share + " letters were refused so, the last with: " + reply.anonymous());
        }
    }

    /** RFC 6531 §3.6: without SMTPUTF8 an address beyond ASCII is refused, and who types such ones must stop no run. */
    private static boolean ofItsAddress(SmtpReply reply) {
        return reply.status().filter(status -> status.is(6, 7)).isPresent();
    }

    private int recipients(Alarm fault) {
        Set<String> addresses = new HashSet<>();
        lately.stream().filter(each -> each.fault() == fault).forEach(each -> addresses.add(each.address()));
        return addresses.size();
    }

    private void remember(Verdict verdict) {
        if (lately.size() == WINDOW) {
            lately.removeFirst();
        }
        lately.addLast(verdict);
    }

    private static String key(String address) {
        return address.toLowerCase(Locale.ROOT);
    }

    private void open(Alarm fault, String said) {
        Instant next;
        synchronized (this) {
            Duration first = fault == Alarm.LOGIN ? Duration.ofMinutes(1) : Duration.ofHours(1);
            Duration longest = fault == Alarm.LOGIN ? Duration.ofHours(1) : Duration.ofHours(8);
            boolean again = cause == fault;
            if (again && rests()) {
                return; // An exchange that began before it opened.
            }
            pause = again ? pause.multipliedBy(2) : first;
            pause = pause.compareTo(longest) > 0 ? longest : pause;
            cause = fault;
            opened = clock.instant();
            next = opened.plus(pause);
        }
        alarms.raise(fault, said + ". Letters wait; one is tried at " + next + ", the others follow if it is taken.");
    }
}
