package org.dailypapers.digest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dailypapers.digest.rules.WaitingDigest;
import org.dailypapers.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/** The newest digests of some readers, as far as they wait in the outbox. */
final class WaitingDigests {

    private static final String REPLACED = "replaced by the reader's next digest";

    private final Outbox outbox;
    private final Map<Long, Digest> digests = new HashMap<>();
    private final Map<Long, Outbox.MessageStatus> messages;

    private WaitingDigests(Outbox outbox, List<Digest> digests, Map<Long, Outbox.MessageStatus> messages) {
        this.outbox = outbox;
        this.messages = messages;
        digests.forEach(digest -> this.digests.put(digest.id, digest));
    }

    static WaitingDigests of(Connection connection, Outbox outbox, Collection<Reader> readers) throws SQLException {
        Set<Long> waiting = outbox.waiting(
                Digest.MESSAGE_KIND,
                readers.stream()
                        .map(reader -> reader.lastDigest)
                        .filter(Objects::nonNull)
                        .toList());
        return waiting.isEmpty()
                ? new WaitingDigests(outbox, List.of(), new HashMap<>())
                : new WaitingDigests(
                        outbox, Digests.read(connection, waiting), outbox.statuses(Digest.MESSAGE_KIND, waiting));
    }

    /** The reader's, where one waits. */
    @Nullable
    WaitingDigest of(Reader reader) {
        Digest digest = digests.get(reader.lastDigest);
        Outbox.MessageStatus message = messages.get(reader.lastDigest);
        return digest == null || message == null
                ? null
                : new WaitingDigest(digest.range(), message.leased(), message.unknowns() > 0);
    }

    /** The papers that the reader has seen once the waiting one is expired: its own come back. */
    Seen seenWithout(Reader reader) {
        Seen seen = Seen.read(reader.seen);
        WaitingDigest waiting = of(reader);
        return waiting == null || waiting.perhapsSent()
                ? seen
                : seen.remove(
                        Objects.requireNonNull(digests.get(reader.lastDigest)).chosen());
    }

    /** Expires the reader's in the transaction at hand, which gives its editions back; false where it is just being sent. */
    boolean expire(Reader reader) {
        long digest = Objects.requireNonNull(reader.lastDigest);
        boolean expired = outbox.expire(Digest.MESSAGE_KIND, digest, REPLACED);
        if (expired) {
            digests.remove(digest);
        }
        return expired;
    }
}
