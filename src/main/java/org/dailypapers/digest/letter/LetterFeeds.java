package org.dailypapers.digest.letter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.language.Language;
import org.dailypapers.language.Languages;
import org.dailypapers.paper.Paper;
import org.dailypapers.subscriber.Subscriber;
import org.dailypapers.token.Links;

/** Readers' letters as feeds: the private addresses, and what stands there. */
@ApplicationScoped
public class LetterFeeds {

    /** The letters of a feed. */
    private static final int MOST_LETTERS = 14;

    private final EntityManager database;
    private final DigestItems items;
    private final ShownPapers papers;
    private final DigestLetters.Announcement announcement;
    private final Languages languages;
    private final Links links;
    private final Clock clock;

    LetterFeeds(
            EntityManager database,
            DigestItems items,
            ShownPapers papers,
            DigestLetters.Announcement announcement,
            Languages languages,
            Links links,
            Clock clock) {
        this.database = database;
        this.items = items;
        this.papers = papers;
        this.announcement = announcement;
        this.languages = languages;
        this.links = links;
        this.clock = clock;
    }

    /**
     * A paper that a reader was sent.
     *
     * @param reasons why, the strongest first
     * @param sent when the letter was composed
     */
    public record Sent(Paper paper, List<DigestView.Reason> reasons, Instant sent) {}

    /** The address of a reader's feed, without the ending that names its format; empty where there is none. */
    @Transactional
    public Optional<URI> address(long subscriber) {
        return database.createQuery("from LetterFeed f where f.subscriberId = :s", LetterFeed.class)
                .setParameter("s", subscriber)
                .getResultStream()
                .findFirst()
                .map(f -> links.feed(f.id, f.madeAt));
    }

    /** Gives a reader's feed an address, which nobody knows yet: one from before is closed. */
    @Transactional
    public void open(long subscriber) {
        // Two at once would both find none.
        if (database.find(Subscriber.class, subscriber, LockModeType.PESSIMISTIC_WRITE) == null) {
            return;
        }
        close(subscriber);
        var feed = new LetterFeed();
        feed.subscriberId = subscriber;
        feed.madeAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        database.persist(feed);
    }

    /** Closes a reader's feed for good: its address will never lead anywhere again. */
    @Transactional
    public void close(long subscriber) {
        database.createQuery("delete from LetterFeed f where f.subscriberId = :s")
                .setParameter("s", subscriber)
                .executeUpdate();
    }

    /** Whose the feed is that a genuine token names; empty where it was closed, or its reader erased. */
    @Transactional
    public Optional<Long> reader(long feed, Instant issued) {
        return Optional.ofNullable(database.find(LetterFeed.class, feed))
                .filter(f -> f.madeAt.equals(issued))
                .map(f -> f.subscriberId);
    }

    /** What the reader's feed speaks. */
    @Transactional
    public Language language(long subscriber) {
        Subscriber reader = database.find(Subscriber.class, subscriber);
        return reader == null ? languages.english() : languages.of(reader.language);
    }

    /** The papers of a reader's last letters, newest letter first and each in its order; a paper stands there once. */
    @Transactional
    public List<Sent> papers(long subscriber) {
        long revision = database.createQuery("select coalesce(max(p.revision), 0) from Paper p", Long.class)
                .getSingleResult();
        Language language = language(subscriber);
        var sent = new ArrayList<Sent>();
        for (Digest digest : database.createQuery("""
                                from Digest d
                                where d.subscriberId = :s and d.givenBack = 0
                                order by d.composedAt desc, d.id desc""", Digest.class)
                .setParameter("s", subscriber)
                .setMaxResults(MOST_LETTERS)
                .getResultList()) {
            sent.addAll(papers(digest, revision, language));
        }
        return sent;
    }

    private List<Sent> papers(Digest digest, long revision, Language language) {
        List<Chosen> chosen = digest.chosen();
        Map<Long, ShownPapers.Shown> byId =
                papers.of(chosen.stream().map(Chosen::paper).toList(), revision);
        return chosen.stream()
                .filter(choice -> byId.containsKey(choice.paper()))
                .filter(choice -> {
                    ShownPapers.Shown paper = Objects.requireNonNull(byId.get(choice.paper()));
                    return paper.maySend() && !(paper.sample() && announcement.real());
                })
                .map(choice -> {
                    ShownPapers.Shown paper = Objects.requireNonNull(byId.get(choice.paper()));
                    return new Sent(
                            paper.paper(),
                            items.of(choice, paper, true, revision, language)
                                    .paper()
                                    .reasons(),
                            digest.composedAt);
                })
                .toList();
    }
}
