package org.dailypapers.subscriber.liking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dailypapers.interest.Interest;
import org.jspecify.annotations.Nullable;

/**
 * What readers say of papers by a press or from their library.
 *
 * <p>Letters follow the newest {@value #FOLLOWED} of each leaning, what was pressed before what a library brought: as
 * lines of the language, which everybody shares who said the same, in a column of the subscriber's that composing reads
 * anyway.
 */
@ApplicationScoped
public class Likes {

    /** The most papers of a reader. */
    public static final int MOST = 5_000;

    /** Of each leaning, those that letters follow. */
    public static final int FOLLOWED = 50;

    /** What is kept of the text of a paper that is not in the catalogue, in UTF-16 units. */
    private static final int MOST_TEXT = 2_000;

    private final EntityManager database;
    private final Clock clock;

    Likes(EntityManager database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A paper of a reader's library. */
    public record Known(
            String paper, @Nullable String title, @Nullable String text) {}

    /** Says in a letter that more or less like a paper of the catalogue is wanted; false where there are too many. */
    @Transactional
    public boolean lean(long subscriber, long digest, String paper, Leaning leaning) {
        return press(subscriber, digest, paper, leaning);
    }

    /** Says in a letter that a paper of the catalogue is to be kept; false where there are too many. */
    @Transactional
    public boolean save(long subscriber, long digest, String paper) {
        return press(subscriber, digest, paper, null);
    }

    private boolean press(long subscriber, long digest, String paper, @Nullable Leaning leaning) {
        if (!lock(subscriber)) {
            return false;
        }
        Optional<Liked> before = find(subscriber, paper);
        if (before.isEmpty() && count(subscriber) >= MOST) {
            return false;
        }
        Liked liked = before.orElseGet(Liked::new);
        liked.pressedIn(digest);
        liked.subscriberId = subscriber;
        liked.paper = paper;
        // It is in the catalogue by now, whatever it was when a library brought it.
        liked.title = null;
        liked.text = null;
        if (leaning == null) {
            liked.saved = true;
        } else {
            liked.leaning = leaning;
            liked.active = true;
            liked.library = false;
        }
        liked.saidAt = clock.instant();
        if (before.isEmpty()) {
            database.persist(liked);
        }
        follow(subscriber);
        return true;
    }

    /** Takes back all that a letter said of a paper, if no other was pressed since; whether it did. */
    @Transactional
    public boolean undo(long subscriber, long digest, String paper) {
        if (!lock(subscriber)) {
            return false;
        }
        Optional<Liked> said =
                find(subscriber, paper).filter(liked -> liked.digestId != null && liked.digestId == digest);
        said.filter(liked -> !liked.takeBack()).ifPresent(database::remove);
        follow(subscriber);
        return said.isPresent();
    }

    /** Adds papers that the reader likes, as far as there is room and nothing was said of them; how many were added. */
    @Transactional
    public int add(long subscriber, Collection<Known> library) {
        if (!lock(subscriber)) {
            return 0;
        }
        Set<String> known = new HashSet<>(
                database.createQuery("select l.paper from Liked l where l.subscriberId = :s", String.class)
                        .setParameter("s", subscriber)
                        .getResultList());
        int added = 0;
        for (Known paper : library) {
            if (known.size() >= MOST) {
                break;
            }
            if (known.add(paper.paper())) {
                var liked = new Liked();
                liked.subscriberId = subscriber;
                liked.paper = paper.paper();
                liked.leaning = Leaning.MORE;
                liked.library = true;
                liked.title = paper.title();
                liked.text = paper.text() == null
                        ? null
                        : paper.text()
                                .substring(0, Math.min(MOST_TEXT, paper.text().length()));
                liked.saidAt = clock.instant();
                database.persist(liked);
                added++;
            }
        }
        follow(subscriber);
        return added;
    }

    /** Everything that the reader said, the newest first. */
    @Transactional
    public List<Liked> all(long subscriber) {
        return newest(subscriber, MOST);
    }

    /** So many of what the reader said, the newest first. */
    @Transactional
    public List<Liked> newest(long subscriber, int most) {
        return database.createQuery(
                        "from Liked l where l.subscriberId = :s order by l.saidAt desc, l.id desc", Liked.class)
                .setParameter("s", subscriber)
                .setMaxResults(most)
                .getResultList();
    }

    /** Switches one thing that was said off or on. */
    @Transactional
    public void switched(long subscriber, long id, boolean active) {
        if (lock(subscriber)) {
            database.createQuery("update Liked l set l.active = :a where l.subscriberId = :s and l.id = :id")
                    .setParameter("a", active)
                    .setParameter("s", subscriber)
                    .setParameter("id", id)
                    .executeUpdate();
            follow(subscriber);
        }
    }

    /** Switches a paper that letters follow off, because of a press in that letter; whether letters followed it. */
    @Transactional
    public boolean mute(long subscriber, long digest, String paper) {
        if (!lock(subscriber)) {
            return false;
        }
        Optional<Liked> followed = find(subscriber, paper).filter(liked -> liked.active && liked.leaning != null);
        followed.ifPresent(liked -> {
            liked.pressedIn(digest);
            liked.active = false;
        });
        follow(subscriber);
        return followed.isPresent();
    }

    /** Forgets one thing that was said. */
    @Transactional
    public void forget(long subscriber, long id) {
        if (lock(subscriber)) {
            database.createQuery("delete from Liked l where l.subscriberId = :s and l.id = :id")
                    .setParameter("s", subscriber)
                    .setParameter("id", id)
                    .executeUpdate();
            follow(subscriber);
        }
    }

    /** Forgets everything that was said. */
    @Transactional
    public void forgetAll(long subscriber) {
        if (lock(subscriber)) {
            database.createQuery("delete from Liked l where l.subscriberId = :s")
                    .setParameter("s", subscriber)
                    .executeUpdate();
            follow(subscriber);
        }
    }

    /** The lines that letters follow. */
    @Transactional
    public List<String> lines(long subscriber) {
        return Stream.of(Leaning.values())
                .flatMap(leaning -> database.createQuery("""
                                select l.paper from Liked l
                                where l.subscriberId = :s and l.leaning = :leaning and l.active and l.title is null
                                order by l.library, l.saidAt desc, l.id desc""", String.class)
                        .setParameter("s", subscriber)
                        .setParameter("leaning", leaning)
                        .setMaxResults(FOLLOWED)
                        .getResultStream()
                        .map(paper -> leaning == Leaning.MORE ? Interest.likeLine(paper) : Interest.lessLine(paper)))
                .toList();
    }

    private void follow(long subscriber) {
        database.flush();
        database.createNativeQuery("update subscriber set learned = :l where id = :s")
                .setParameter("l", String.join("\n", lines(subscriber)))
                .setParameter("s", subscriber)
                .executeUpdate();
    }

    /** Whether there is such a subscriber, about whom nobody else says anything meanwhile. */
    private boolean lock(long subscriber) {
        return !database.createNativeQuery("select id from subscriber where id = :s for update")
                .setParameter("s", subscriber)
                .getResultList()
                .isEmpty();
    }

    private Optional<Liked> find(long subscriber, String paper) {
        return database.createQuery("from Liked l where l.subscriberId = :s and l.paper = :p", Liked.class)
                .setParameter("s", subscriber)
                .setParameter("p", paper)
                .getResultStream()
                .findFirst();
    }

    /** How many papers the reader spoke of. */
    @Transactional
    public long count(long subscriber) {
        return database.createQuery("select count(l) from Liked l where l.subscriberId = :s", Long.class)
                .setParameter("s", subscriber)
                .getSingleResult();
    }
}
