package org.dailypapers.reputation;

import static org.dailypapers.storage.DatabaseTime.known;
import static org.dailypapers.storage.DatabaseTime.utc;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.dailypapers.storage.DatabaseArray;
import org.dailypapers.storage.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What the mail system learned about addresses: those that must not be written to. Addresses are kept as keyed hashes,
 * so the list outlives an erased subscriber without naming anyone.
 */
@ApplicationScoped
public class SuppressionList {

    private static final String KEY_NAME = "suppression";
    private static final int LONGEST_REASON = 200;

    /** What the reason of a complaint begins with. */
    private static final String COMPLAINT = "complaint";

    private final Sql sql;
    private final Clock clock;
    private final Event<SuppressionChanged> changed;
    private volatile @Nullable SecretKeySpec key;

    public SuppressionList(Sql sql, Clock clock, Event<SuppressionChanged> changed) {
        this.sql = sql;
        this.clock = clock;
        this.changed = changed;
    }

    /** Why and since when an address is on the list. */
    public record Suppression(String reason, Instant since) {

        /** Whether somebody complained: only the operator lifts it then. */
        public boolean isComplaint() {
            return reason.startsWith(COMPLAINT);
        }
    }

    /** Puts the address on the list; the first reason stands. Whether it was not there before. */
    public boolean add(String address, String reason) {
        String shortened = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
        Instant now = clock.instant();
        boolean added = restore(hash(address), shortened, now);
        if (added) {
            changed.fire(new SuppressionChanged(hash(address), shortened, now));
        }
        return added;
    }

    /** Puts the address of somebody who complained on the list, whatever other reason stands there. */
    public void complained(String address, String what) {
        if (find(address).filter(known -> !known.isComplaint()).isPresent()) {
            remove(address);
        }
        add(address, COMPLAINT + ": " + what);
    }

    /** Puts an address on the list of which only the keyed hash is known; false where it is there already. */
    public boolean restore(String hash, String reason, Instant since) {
        return sql.joined("A suppression could not be recorded", """
                        insert into suppression (address_hash, reason, since)
                        select ?, ?, ?
                        where not exists (select 1 from suppression where address_hash = ?)""", insert -> {
            insert.setString(1, hash);
            insert.setString(2, reason);
            insert.setObject(3, utc(since));
            insert.setString(4, hash);
            return insert.executeUpdate() > 0;
        });
    }

    public Optional<Suppression> find(String address) {
        return sql.joined(
                "The suppression list could not be read",
                "select reason, since from suppression where address_hash = ?",
                select -> {
                    select.setString(1, hash(address));
                    try (var row = select.executeQuery()) {
                        return row.next()
                                ? Optional.of(new Suppression(row.getString(1), known(row, 2)))
                                : Optional.empty();
                    }
                });
    }

    /**
     * What is known of an address before a letter to it leaves.
     *
     * @param refused whether a letter to it was refused since one was taken
     */
    public record Deliverability(Optional<Suppression> suppression, boolean refused) {}

    /** How addresses stand, by address, in one look: it is made for every letter. */
    public Map<String, Deliverability> deliverability(Collection<String> addresses) {
        if (addresses.isEmpty()) {
            return Map.of();
        }
        List<String> hashes = addresses.stream().map(this::hash).toList();
        return sql.joined("The suppression list could not be read", """
                        select address_hash, reason, since
                        from suppression
                        where address_hash = any(?)
                        union all
                        select distinct address_hash, null, at
                        from refusal
                        where address_hash = any(?)""", select -> {
            select.setArray(1, DatabaseArray.sought(select.getConnection(), "varchar", hashes));
            select.setArray(2, DatabaseArray.sought(select.getConnection(), "varchar", hashes));
            var suppressed = new HashMap<String, Suppression>();
            var refused = new HashSet<String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    if (row.getString(2) == null) {
                        refused.add(row.getString(1));
                    } else {
                        suppressed.put(row.getString(1), new Suppression(row.getString(2), known(row, 3)));
                    }
                }
            }
            var standings = new HashMap<String, Deliverability>();
            int i = 0;
            for (String address : addresses) {
                String hash = hashes.get(i++);
                standings.put(
                        address, new Deliverability(Optional.ofNullable(suppressed.get(hash)), refused.contains(hash)));
            }
            return standings;
        });
    }

    /** Takes an address off the list, but that of somebody who complained. */
    public void remove(String address) {
        lift(hash(address));
    }

    /** Takes an address off the list, also that of somebody who complained: the operator's alone; whether it was there. */
    public boolean release(String address) {
        return lift(
                "delete from suppression where address_hash = ?",
                hash(address),
                delete -> delete.setString(1, hash(address)));
    }

    /** Takes an address off the list of which only the keyed hash is known. */
    void lift(String hash) {
        lift("delete from suppression where address_hash = ? and reason not like ?", hash, delete -> {
            delete.setString(1, hash);
            delete.setString(2, COMPLAINT + "%");
        });
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private boolean lift(String deletion, String hash, Parameters parameters) {
        return sql.joined("A suppression could not be lifted", deletion, delete -> {
            parameters.set(delete);
            boolean lifted = delete.executeUpdate() > 0;
            if (lifted) {
                changed.fire(new SuppressionChanged(hash, null, clock.instant()));
            }
            return lifted;
        });
    }

    /** The keyed hash that stands for the address, for as long as this instance lives. */
    public String hash(String address) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key());
            return HexFormat.of()
                    .formatHex(mac.doFinal(address.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    /** The key is made once for an instance and never rotated: old hashes could not be made again. */
    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            synchronized (this) {
                String material = readKey().orElseGet(this::makeKey);
                known = new SecretKeySpec(HexFormat.of().parseHex(material), "HmacSHA256");
                key = known;
            }
        }
        return known;
    }

    /** Reads the key anew where it is needed next, for another database stands in the place of this one. */
    public void databaseReplaced() {
        key = null;
    }

    private Optional<String> readKey() {
        return sql.joined(
                "The key of the suppression list could not be read",
                "select material from instance_key where name = ?",
                select -> {
                    select.setString(1, KEY_NAME);
                    try (var row = select.executeQuery()) {
                        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
                    }
                });
    }

    /** In a transaction of its own: a key that a rollback takes away would make every hash so far worthless. */
    private String makeKey() {
        byte[] material = new byte[32];
        new SecureRandom().nextBytes(material);
        sql.inTransaction(
                "The key of the suppression list could not be made",
                "insert into instance_key (name, material) values (?, ?) on conflict do nothing",
                insert -> {
                    insert.setString(1, KEY_NAME);
                    insert.setString(2, HexFormat.of().formatHex(material));
                    return insert.executeUpdate();
                });
        return QuarkusTransaction.requiringNew().call(this::readKey).orElseThrow();
    }
}
