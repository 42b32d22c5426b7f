package org.dailypapers.digest.letter;

import static org.dailypapers.storage.DatabaseTime.known;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.digest.Digest;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.digest.rules.Wish;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.subscriber.Consent;
import org.jspecify.annotations.Nullable;

/**
 * A digest and what else its letter is made from.
 *
 * @param pauseUntil the first date after a pause of the reader's
 * @param revision of the newest change of a paper
 */
record AddressedDigest(
        Digest digest,
        String email,
        Consent consent,
        @Nullable LocalDate pauseUntil,
        ZoneId zone,
        long revision) {

    /** Whether its reader wants letters at that instant. */
    boolean wanted(Instant now) {
        return Wish.at(now, consent, pauseUntil, zone) == Wish.LETTERS;
    }

    /** The digests of those ids, in one look: they are asked for every letter. */
    static Map<Long, AddressedDigest> read(Connection connection, List<Long> ids) throws SQLException {
        try (var select = connection.prepareStatement("""
                select d.id, d.subscriber_id, d.from_date, d.to_date, d.composed_at, d.local_date, d.items, d.kind, d.language,
                       s.email, s.consent, s.pause_until, s.zone, (select max(revision) from paper), n.text
                from digest d
                join subscriber s on s.id = d.subscriber_id
                left join edition_note n on n.id = d.note_id
                where d.id = any(?)""")) {
            select.setArray(1, DatabaseArray.sought(connection, "bigint", ids));
            var addressed = new HashMap<Long, AddressedDigest>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    addressed.put(row.getLong(1), of(row));
                }
            }
            return addressed;
        }
    }

    private static AddressedDigest of(ResultSet row) throws SQLException {
        var digest = new Digest();
        int n = 0;
        digest.id = row.getLong(++n);
        digest.subscriberId = row.getLong(++n);
        digest.from = row.getObject(++n, LocalDate.class);
        digest.to = row.getObject(++n, LocalDate.class);
        digest.composedAt = known(row, ++n);
        digest.localDate = row.getObject(++n, LocalDate.class);
        digest.items = row.getString(++n);
        digest.kind = DigestKind.valueOf(row.getString(++n));
        digest.language = row.getString(++n);
        var addressed = new AddressedDigest(
                digest,
                row.getString(++n),
                Consent.valueOf(row.getString(++n)),
                row.getObject(++n, LocalDate.class),
                ZoneId.of(row.getString(++n)),
                row.getLong(++n));
        digest.note = row.getString(++n);
        return addressed;
    }
}
