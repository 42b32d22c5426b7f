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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.Sql;

/** The thumbnails that are kept, and which are still to be fetched. */
@ApplicationScoped
@Named("thumbnails")
public class Thumbnails {

    /** Papers that were first listed before are left without. */
    private static final Duration FETCHED_FOR = Duration.ofDays(60);

    /** After the first try; four times as long after each one that follows. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

    /** No picture rests longer: what does was put off while the clock was ahead. */
    private static final Duration LONGEST_REST = Duration.ofDays(1);

    private static final int MOST_TRIES = 4;

    private final Sql sql;
    private final Papers papers;
    private final EntityManager database;
    private final ThumbnailSettings settings;
    private final Clock clock;

    Thumbnails(Sql sql, Papers papers, EntityManager database, ThumbnailSettings settings, Clock clock) {
        this.sql = sql;
        this.papers = papers;
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
        Instant now = clock.instant();
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

    /** Keeps a thumbnail; from now on its paper is shown with it. */
    @Transactional
    void keep(Wanted wanted, Thumbnail thumbnail) {
        database.createNativeQuery("update thumbnail set image = :image, next_try = null where paper_id = :paper")
                .setParameter("image", Base64.getEncoder().encodeToString(thumbnail.jpeg()))
                .setParameter("paper", wanted.paper())
                .executeUpdate();
        Paper paper = papers.findById(wanted.paper());
        if (!thumbnail.hash().equals(paper.thumbnail)) {
            paper.thumbnail = thumbnail.hash();
            papers.touch(paper);
        }
    }

    /** The JPEG of a paper that is not hidden. */
    public Optional<byte[]> jpeg(long paper) {
        return sql.joined("A thumbnail could not be read", """
                select t.image
                from thumbnail t
                join paper p on p.id = t.paper_id
                where t.paper_id = ? and t.image is not null and p.hidden = false""", select -> {
            select.setLong(1, paper);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Base64.getDecoder().decode(row.getString(1))) : Optional.empty();
            }
        });
    }
}
