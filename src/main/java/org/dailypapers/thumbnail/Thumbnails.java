package org.dailypapers.thumbnail;

import static org.dailypapers.storage.DatabaseTime.utc;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dailypapers.paper.Revisions;
import org.dailypapers.storage.Sql;

/** The thumbnails that are kept, and which are still to be fetched. */
@ApplicationScoped
@Named("thumbnails")
public class Thumbnails {

    /** Papers that were first listed before are left without. */
    private static final Duration FETCHED_FOR = Duration.ofDays(60);

    /** After the first try; four times as long after each one that follows. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

    /** No picture rests longer: what does was put off while the clock was ahead. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    private static final int MOST_TRIES = 4;

    private final Sql sql;
    private final Revisions revisions;
    private final EntityManager database;
    private final ThumbnailSettings settings;
    private final Clock clock;

    Thumbnails(Sql sql, Revisions revisions, EntityManager database, ThumbnailSettings settings, Clock clock) {
        this.sql = sql;
        this.revisions = revisions;
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A picture that is to be fetched.
     *
     * @param tries how often it was tried
     */
    record Wanted(long paper, String address, int tries) {}

    /** Whether they are shown. */
    public boolean isOn() {
        return settings.on();
    }

    /** Pictures that are to be fetched now, those of the newest papers first. */
    List<Wanted> wanted(int most) {
        Instant now = clock.instant();
        return sql.joined("The papers without a thumbnail could not be read", """
                select p.id, p.picture, case when t.address = p.picture then t.tries else 0 end
                from paper p
                left join thumbnail t on t.paper_id = p.id
                where p.picture is not null and p.hidden = false and p.first_edition >= ?
                    and (t.paper_id is null or t.address <> p.picture or t.next_try <= ? or t.next_try > ?)
                order by p.first_edition desc, p.id desc
                limit ?""", select -> {
            select.setObject(1, utc(now.minus(FETCHED_FOR)).toLocalDate());
            select.setObject(2, utc(now));
            select.setObject(3, utc(now.plus(LONGEST_REST)));
            select.setInt(4, most);
            var wanted = new ArrayList<Wanted>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    wanted.add(new Wanted(row.getLong(1), row.getString(2), row.getInt(3)));
                }
            }
            return wanted;
        });
    }

    /** Takes the turn to fetch it; whether nobody else has. Until it is kept it counts as a try that failed. */
    boolean take(Wanted wanted) {
        // A column keeps microseconds and rounds: what was due now would be due a moment later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return sql.inTransaction("A thumbnail could not be reserved", connection -> {
            try (var insert = connection.prepareStatement("""
                    insert into thumbnail (paper_id, address, tries, next_try) values (?, ?, 0, ?)
                    on conflict do nothing""")) {
                insert.setLong(1, wanted.paper());
                insert.setString(2, wanted.address());
                insert.setObject(3, utc(now));
                insert.executeUpdate();
            }
            int tries = wanted.tries() + 1;
            try (var take = connection.prepareStatement("""
                    update thumbnail
                    set address = ?, tries = ?, next_try = ?
                    where paper_id = ? and (address <> ? or next_try <= ? or next_try > ?)""")) {
                take.setString(1, wanted.address());
                take.setInt(2, tries);
                take.setObject(
                        3,
                        tries == MOST_TRIES ? null : utc(now.plus(AFTER_FAILURE.multipliedBy(1L << 2 * (tries - 1)))));
                take.setLong(4, wanted.paper());
                take.setString(5, wanted.address());
                take.setObject(6, utc(now));
                take.setObject(7, utc(now.plus(LONGEST_REST)));
                return take.executeUpdate() == 1;
            }
        });
    }

    /** What was made of a picture. */
    record Made(Wanted wanted, Thumbnail thumbnail) {}

    /** Keeps a thumbnail, unless the picture is another one by now; from now on its paper is shown with it. */
    @Transactional
    void keep(Made made) {
        long paper = made.wanted().paper();
        int still = database.createNativeQuery(
                        "update thumbnail set next_try = null where paper_id = :paper and address = :address")
                .setParameter("paper", paper)
                .setParameter("address", made.wanted().address())
                .executeUpdate();
        if (still == 0) {
            return;
        }
        String image = Base64.getEncoder().encodeToString(made.thumbnail().jpeg());
        int there = image("update thumbnail_image set image = :image where paper_id = :paper", paper, image);
        if (there == 0) {
            image("insert into thumbnail_image (paper_id, image) values (:paper, :image)", paper, image);
        }
        database.createNativeQuery("update paper set thumbnail = :hash, revision = :revision where id = :paper")
                .setParameter("hash", made.thumbnail().hash())
                .setParameter("revision", revisions.current())
                .setParameter("paper", paper)
                .executeUpdate();
    }

    private int image(String sql, long paper, String image) {
        return database.createNativeQuery(sql)
                .setParameter("paper", paper)
                .setParameter("image", image)
                .executeUpdate();
    }

    /**
     * A thumbnail as it is served.
     *
     * @param hash that is in its address
     */
    public record Served(String hash, byte[] jpeg) {}

    /** The thumbnail of a paper that is not hidden. */
    public Optional<Served> of(long paper) {
        return sql.joined("A thumbnail could not be read", """
                select p.thumbnail, i.image
                from thumbnail_image i
                join paper p on p.id = i.paper_id
                where i.paper_id = ? and p.thumbnail is not null and p.hidden = false""", select -> {
            select.setLong(1, paper);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Served(row.getString(1), Base64.getDecoder().decode(row.getString(2))))
                        : Optional.empty();
            }
        });
    }
}
