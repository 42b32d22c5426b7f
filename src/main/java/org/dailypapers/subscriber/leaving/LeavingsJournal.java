package org.dailypapers.subscriber.leaving;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dailypapers.reputation.SuppressionChanged;
import org.dailypapers.reputation.SuppressionList;
import org.dailypapers.storage.StorageSettings;
import org.jboss.logging.Logger;

/**
 * The file {@value #NAME} of the data folder: a line for each leaving, erasure and suppression, so that they can be made
 * good in a database that was restored from an older backup. It names nobody: addresses are the database's keyed hashes.
 */
@ApplicationScoped
public class LeavingsJournal {

    static final String NAME = "leavings.csv";
    public static final String HEADING = "what,at,address,mailbox,key,reason";

    private static final Logger LOG = Logger.getLogger(LeavingsJournal.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int KEY_LENGTH = 16;
    private static final int LONGEST_REASON = 200;
    private static final int LONGEST_LINE = 1_000;

    private final Path file;
    private final SuppressionList suppressions;
    private final TransactionSynchronizationRegistry transaction;

    LeavingsJournal(
            StorageSettings storage, SuppressionList suppressions, TransactionSynchronizationRegistry transaction) {
        this.file = storage.data().resolve(NAME);
        this.suppressions = suppressions;
        this.transaction = transaction;
    }

    /** What a line tells. */
    public enum What {
        LEFT,
        ERASED,
        RETURNED,
        SUPPRESSED,
        LIFTED
    }

    /**
     * A line of it.
     *
     * @param address the keyed hash of the address
     * @param mailbox that of its mailbox; blank where it does not matter
     * @param key tells whose hashes they are
     */
    public record JournalEntry(What what, Instant at, String address, String mailbox, String key, String reason) {

        /** The line of that text; empty where it is none, as where a crash cut it off. */
        public static Optional<JournalEntry> of(String text) {
            String[] cells = text.split(",", 6);
            try {
                Optional<What> what = cells.length < 6
                        ? Optional.empty()
                        : Arrays.stream(What.values())
                                .filter(w -> w.name().equalsIgnoreCase(cells[0]))
                                .findFirst();
                return what.filter(w -> HASH.matcher(cells[2]).matches())
                        .filter(w ->
                                cells[3].isEmpty() || HASH.matcher(cells[3]).matches())
                        .map(w -> new JournalEntry(w, Instant.parse(cells[1]), cells[2], cells[3], cells[4], cells[5]));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    /** Where the journal of that data folder is, once anything was noted there. */
    public static Path in(Path data) {
        return data.resolve(NAME);
    }

    /** Whether that file is such a journal, by its first line; older ones may have been cut off with the heading. */
    public static boolean is(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            var start = new char[LONGEST_LINE];
            int length = Math.max(0, reader.read(start));
            return new String(start, 0, length)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .filter(line ->
                            line.equals(HEADING) || JournalEntry.of(line).isPresent())
                    .isPresent();
        }
    }

    /** In the transaction that records it: one that fails in the end was asked for all the same. */
    public void left(String emailKey, String mailboxKey, Instant at) {
        write(What.LEFT, at, hash(emailKey), hash(mailboxKey), "");
    }

    /** In the transaction that erases. */
    public void erased(String emailKey, String mailboxKey, Instant at) {
        write(What.ERASED, at, hash(emailKey), hash(mailboxKey), "");
    }

    /** Once the transaction at hand is durable: nobody is kept in by a yes that was lost. */
    public void returned(String emailKey, String mailboxKey, Instant at) {
        String address = hash(emailKey);
        String mailbox = hash(mailboxKey);
        transaction.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // Not yet.
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    write(What.RETURNED, at, address, mailbox, "");
                }
            }
        });
    }

    void suppression(@Observes SuppressionChanged change) {
        String told = change.reason();
        boolean lifted = told == null;
        String reason = told == null ? "" : told.replaceAll("[^\\x20-\\x7e]", " ");
        write(
                lifted ? What.LIFTED : What.SUPPRESSED,
                change.at(),
                change.hash(),
                "",
                reason.substring(0, Math.min(LONGEST_REASON, reason.length())));
    }

    private String hash(String text) {
        return suppressions.hash(text);
    }

    /** Tells the hashes of this instance from another's. */
    public String key() {
        return hash("").substring(0, KEY_LENGTH);
    }

    /** A journal that cannot be written keeps nobody from leaving. */
    private synchronized void write(What what, Instant at, String address, String mailbox, String reason) {
        String line =
                String.join(",", what.name().toLowerCase(Locale.ROOT), at.toString(), address, mailbox, key(), reason);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            // One write for a line: several processes may share the folder. What a crash cut off spoils no later line.
            String text = (Files.exists(file) && Files.size(file) > 0 ? "" : HEADING) + "\n" + line;
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOG.warnf("%s cannot be written, so a restored backup would not know of it: %s", file, e.getMessage());
        }
    }
}
