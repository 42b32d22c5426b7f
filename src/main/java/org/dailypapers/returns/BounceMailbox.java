package org.dailypapers.returns;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the mailbox to which mail comes back, in one process of all that serve. It rests until started. */
@ApplicationScoped
public class BounceMailbox {

    private static final Logger LOG = Logger.getLogger(BounceMailbox.class);
    private static final String DUTY = "bounce mailbox";
    private static final Duration LEASE = Duration.ofMinutes(3);

    /** Between two looks where nothing tells of new mail. */
    private static final Duration REST = Duration.ofMinutes(1);

    private static final Duration LONGEST_REST = Duration.ofMinutes(10);

    private final Returns returns;
    private final Duties duties;
    private final ReturnSettings settings;
    private final Set<String> known = new HashSet<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable MailboxSession session;
    private @Nullable Thread reader;

    BounceMailbox(Returns returns, Duties duties, ReturnSettings settings) {
        this.returns = returns;
        this.duties = duties;
        this.settings = settings;
    }

    /** Starts to read where a mailbox is set. */
    public synchronized void start() {
        settings.bounceMailbox().ifPresent(address -> {
            String password = settings.bounceMailboxPassword().orElse("");
            reader = Thread.ofPlatform().daemon().name("bounce-mailbox").start(() -> readOn(address, password));
        });
    }

    /** Frees what a process held that is gone: for the one process of an embedded database. */
    public void releaseAll() {
        duties.releaseAll();
    }

    /** Stops reading; the mail at hand is finished, or read again. */
    public synchronized void stop(Duration patience) {
        stop.countDown();
        Thread running = reader;
        if (running == null) {
            return;
        }
        // Not by an interrupt: it would close the embedded database's file to a thread that is just writing.
        MailboxSession open = session;
        if (open != null) {
            open.breakOff();
        }
        try {
            running.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader = null;
    }

    private void readOn(MailboxAddress address, String password) {
        Duration rest = REST;
        while (!stopping()) {
            try {
                if (duties.hold(DUTY, LEASE)) {
                    readWhileConnected(address, password);
                }
                rest = REST;
            } catch (MessagingException | IOException | RuntimeException e) {
                rest = rest.multipliedBy(2).compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest.multipliedBy(2);
                if (!stopping()) {
                    LOG.warnf(
                            "The mailbox of bounces could not be read; it is tried again in %d min: %s",
                            rest.toMinutes(), DatabaseFailure.isBehind(e) ? DatabaseFailure.said(e) : e.getMessage());
                }
            } catch (InterruptedException e) {
                break;
            }
            if (!slept(rest)) {
                break;
            }
        }
        release();
    }

    private void release() {
        try {
            duties.release(DUTY);
        } catch (RuntimeException e) {
            LOG.debugf(e, "The mailbox of bounces is free for others once the lease has run out");
        }
    }

    private boolean stopping() {
        return stop.getCount() == 0;
    }

    private boolean slept(Duration rest) {
        try {
            return !stop.await(rest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void readWhileConnected(MailboxAddress address, String password)
            throws MessagingException, IOException, InterruptedException {
        try (var open = MailboxSession.open(returns, address, password)) {
            session = open;
            do {
                open.read(known, () -> !stopping() && duties.hold(DUTY, LEASE));
            } while (!stopping() && open.awaitNews(REST) && duties.hold(DUTY, LEASE));
        } finally {
            session = null;
        }
    }

    /** Reads what is new, once; how many mails. */
    int readOnce(MailboxAddress address, String password) throws MessagingException, IOException {
        try (var open = MailboxSession.open(returns, address, password)) {
            return open.read(known, () -> true);
        }
    }
}
