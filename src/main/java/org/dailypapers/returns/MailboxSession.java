package org.dailypapers.returns;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.FlagTerm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.dailypapers.bounce.BounceClass;
import org.dailypapers.storage.DatabaseFailure;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.eclipse.angus.mail.pop3.POP3Folder;
import org.jboss.logging.Logger;

/**
 * One connection to the mailbox. A mail is marked as read, or on POP deleted, when what follows from it is durable; what a
 * break leaves unmarked is read again and then known.
 */
final class MailboxSession implements AutoCloseable {

    /** The keyword of a mail that was read; people's own marks mean nothing to it. */
    static final String MARK = "DailyPapersRead";

    private static final Logger LOG = Logger.getLogger(MailboxSession.class);
    private static final int TIMEOUT_MILLIS = 120_000;

    /** Reports say what they have to say at their beginning. */
    private static final int KEPT = 1 << 20;

    private static final int TRIES = 3;

    private final Returns returns;
    private final Store store;
    private final Folder folder;

    /** How often the server could not give a mail over this connection. */
    private final Map<Message, Integer> failures = new HashMap<>();

    private MailboxSession(Returns returns, Store store, Folder folder) {
        this.returns = returns;
        this.store = store;
        this.folder = folder;
    }

    static MailboxSession open(Returns returns, MailboxAddress address, String password) throws MessagingException {
        boolean imap = address.protocol() == MailboxAddress.Protocol.IMAP;
        String protocol = (imap ? "imap" : "pop3") + (address.tls() ? "s" : "");
        var settings = new Properties();
        String prefix = "mail." + protocol + ".";
        settings.setProperty(prefix + "connectiontimeout", Integer.toString(TIMEOUT_MILLIS));
        settings.setProperty(prefix + "timeout", Integer.toString(TIMEOUT_MILLIS));
        settings.setProperty(prefix + "writetimeout", Integer.toString(TIMEOUT_MILLIS));
        settings.setProperty(prefix + "ssl.checkserveridentity", "true");
        // RFC 8314 §3: a login over an open line is for this machine alone.
        settings.setProperty(prefix + "starttls.enable", Boolean.toString(!address.isLocal()));
        settings.setProperty(prefix + "starttls.required", Boolean.toString(!address.tls() && !address.isLocal()));
        // People's mail programs go on showing as new what nobody has opened.
        settings.setProperty(prefix + "peek", "true");
        // POP has no beginnings of mails: whole ones lie in files meanwhile.
        settings.setProperty(prefix + "filestore.enable", "true");
        Store store = Session.getInstance(settings).getStore(protocol);
        store.connect(address.host(), address.port(), address.user(), password);
        try {
            Folder folder = store.getFolder(address.folder());
            folder.open(Folder.READ_WRITE);
            return new MailboxSession(returns, store, folder);
        } catch (FolderNotFoundException e) {
            store.close();
            throw new MessagingException("there is no folder " + address.folder(), e);
        } catch (MessagingException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Reads what is new.
     *
     * @param known the ids of mails on POP that were read and are left to people
     * @param goOn asked before each mail
     * @return how many mails were read
     */
    int read(Set<String> known, BooleanSupplier goOn) throws MessagingException, IOException {
        int read = 0;
        for (Message message : unread(known)) {
            if (!goOn.getAsBoolean()) {
                break;
            }
            Optional<Boolean> done = taken(message);
            if (done.isPresent()) {
                mark(message, done.get(), known);
                read++;
            }
        }
        return read;
    }

    private List<Message> unread(Set<String> known) throws MessagingException {
        if (folder instanceof POP3Folder pop) {
            var unread = new ArrayList<Message>();
            for (Message message : pop.getMessages()) {
                if (!known.contains(pop.getUID(message))) {
                    unread.add(message);
                }
            }
            return unread;
        }
        return List.of(folder.search(new FlagTerm(mark(), false)));
    }

    /** A folder without keywords of its own has the flag that people call a star. */
    private Flags mark() {
        return folder.getPermanentFlags().contains(Flags.Flag.USER) ? new Flags(MARK) : new Flags(Flags.Flag.FLAGGED);
    }

    /**
     * Whether nobody need look at the mail any more; empty where the server could not give it, which is tried again. In
     * the end it is left to people, and holds up none behind it.
     */
    private Optional<Boolean> taken(Message message) throws MessagingException, IOException {
        try {
            return Optional.of(take(message));
        } catch (MessagingException | IOException e) {
            if (!folder.isOpen()) {
                throw e;
            }
            if (failures.merge(message, 1, Integer::sum) < TRIES) {
                return Optional.empty();
            }
            LOG.errorf(e, "A mail in the mailbox of bounces cannot be read; it is left there");
            return Optional.of(false);
        }
    }

    private boolean take(Message message) throws MessagingException, IOException {
        try (InputStream in = stream(message)) {
            Taken taken = returns.take(in, Envelope.UNKNOWN);
            return switch (taken.followed()) {
                case COUNTED, KNOWN, NOTED, LEFT -> true;
                case NOTHING -> taken.outcome().kind() != BounceClass.NONE;
                case STRANGE -> false;
            };
        } catch (RuntimeException e) {
            DatabaseFailure.throwIfBehind(e);
            LOG.errorf(e, "A mail in the mailbox of bounces could not be taken in; it is left there");
            return false;
        }
    }

    private static InputStream stream(Message message) throws MessagingException, IOException {
        if (message instanceof IMAPMessage imap) {
            return imap.getMimeStream();
        }
        var kept = new ByteArrayOutputStream();
        message.writeTo(new Beginning(kept));
        return new ByteArrayInputStream(kept.toByteArray());
    }

    private void mark(Message message, boolean done, Set<String> known) throws MessagingException {
        if (!(folder instanceof POP3Folder pop)) {
            message.setFlags(mark(), true);
        } else if (done) {
            message.setFlag(Flags.Flag.DELETED, true);
        } else {
            known.add(pop.getUID(message));
        }
    }

    /** Waits for new mail, or for so long: by IDLE (RFC 2177) where the server offers it. */
    boolean awaitNews(Duration most) throws MessagingException, InterruptedException {
        if (!(store instanceof IMAPStore imap)
                || !imap.hasCapability("IDLE")
                || !(folder instanceof IMAPFolder idling)) {
            return false;
        }
        var over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                if (!over.await(most.toMillis(), TimeUnit.MILLISECONDS)) {
                    // Any command ends it.
                    idling.getMessageCount();
                }
            } catch (MessagingException e) {
                LOG.debugf(e, "The mailbox of bounces has gone away");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            idling.idle(true);
        } finally {
            over.countDown();
        }
        return true;
    }

    /** Breaks off what waits or reads. */
    void breakOff() {
        try {
            store.close();
        } catch (MessagingException e) {
            LOG.debugf(e, "The mailbox of bounces could not be left");
        }
    }

    @Override
    public void close() throws MessagingException {
        try {
            if (folder.isOpen()) {
                // What is marked on POP is deleted now; on IMAP nothing is that we marked.
                folder.close(folder instanceof POP3Folder);
            }
        } finally {
            store.close();
        }
    }

    /** Takes the beginning of what is written. */
    private static final class Beginning extends FilterOutputStream {
        private int left = KEPT;

        Beginning(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            if (left > 0) {
                left--;
                out.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int taken = Math.min(left, length);
            left -= taken;
            out.write(bytes, from, taken);
        }
    }
}
