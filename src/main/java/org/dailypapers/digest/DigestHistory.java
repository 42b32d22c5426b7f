package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.outbox.Attempt;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;

/** What a subscriber was sent. */
@ApplicationScoped
public class DigestHistory {

    private final EntityManager database;
    private final Papers papers;
    private final Outbox outbox;

    DigestHistory(EntityManager database, Papers papers, Outbox outbox) {
        this.database = database;
        this.papers = papers;
        this.outbox = outbox;
    }

    /**
     * One digest.
     *
     * @param state of its message
     * @param attempts of its message, oldest first
     * @param papers their public ids, in the letter's order
     */
    public record PastDigest(
            Instant composedAt,
            LocalDate from,
            LocalDate to,
            String state,
            List<Attempt> attempts,
            List<String> papers) {}

    /** Where a subscriber stands in the editions; empty before the first confirmation. */
    @Transactional
    public Map<String, Object> standing(long subscriberId) {
        Reader reader = database.find(Reader.class, subscriberId);
        if (reader == null) {
            return Map.of();
        }
        var standing = new LinkedHashMap<String, Object>();
        standing.put("coveredEdition", reader.covered);
        standing.put("lastDate", reader.lastDate);
        standing.put("nextDue", reader.nextDue);
        standing.put("seen", reader.seen);
        return standing;
    }

    /**
     * Where a subscriber stands in the editions.
     *
     * @param covered the last edition that was taken into account
     */
    public record Place(
            LocalDate covered,
            @Nullable LocalDate lastDate,
            @Nullable Instant nextDue) {}

    /** Where a subscriber stands; empty before the first confirmation. */
    @Transactional
    public Optional<Place> place(long subscriberId) {
        return Optional.ofNullable(database.find(Reader.class, subscriberId))
                .map(reader -> new Place(reader.covered, reader.lastDate, reader.nextDue));
    }

    /**
     * Which letter a confirmed reader may expect next.
     *
     * @param welcome whether their first letter was made at once when they confirmed
     * @param next when the next one is due, where they live; it waits for an edition that has something for them
     */
    public record Expected(boolean welcome, ZonedDateTime next) {}

    /** What a reader may expect; empty where nothing is due for them. */
    @Transactional
    public Optional<Expected> expected(Subscriber subscriber) {
        Reader reader = database.find(Reader.class, subscriber.id);
        if (reader == null || reader.nextDue == null) {
            return Optional.empty();
        }
        boolean welcome = database.createQuery("""
                                select count(d) from Digest d
                                where d.subscriberId = :s and d.kind = :kind
                                  and d.composedAt >= :since and d.givenBack = 0""", Long.class)
                        .setParameter("s", subscriber.id)
                        .setParameter("kind", DigestKind.WELCOME)
                        .setParameter("since", subscriber.confirmedAt)
                        .getSingleResult()
                > 0;
        return Optional.of(new Expected(
                welcome, reader.nextDue.atZone(subscriber.preferences().zone())));
    }

    /**
     * Whose a digest is and what was chosen for it.
     *
     * @param language of its letter, as a tag
     * @param papers in the order of choosing; which of them a letter shows, papers hidden since decide
     */
    public record Choices(long subscriber, String language, List<Chosen> papers) {}

    /** The choices of a digest; empty where it is no longer kept. */
    @Transactional
    public Optional<Choices> choices(long digest) {
        return Optional.ofNullable(database.find(Digest.class, digest))
                .map(d -> new Choices(d.subscriberId, d.language, d.chosen()));
    }

    /** Every digest of a subscriber, oldest first. */
    @Transactional
    public List<PastDigest> of(long subscriberId) {
        List<Digest> digests = database.createQuery(
                        "from Digest d where d.subscriberId = :s order by d.id", Digest.class)
                .setParameter("s", subscriberId)
                .getResultList();
        return digests.stream().map(this::line).toList();
    }

    private PastDigest line(Digest digest) {
        List<Long> ids = digest.chosen().stream().map(Chosen::paper).toList();
        Map<Long, Paper> byId = papers.byIds(ids).stream().collect(Collectors.toMap(p -> p.id, Function.identity()));
        return new PastDigest(
                digest.composedAt,
                digest.from,
                digest.to,
                outbox.status(Digest.MESSAGE_KIND, digest.id)
                        .map(s -> s.state().name())
                        .orElse("UNKNOWN"),
                outbox.attempts(Digest.MESSAGE_KIND, digest.id),
                ids.stream()
                        .filter(byId::containsKey)
                        .map(id -> Objects.requireNonNull(byId.get(id)).publicId)
                        .toList());
    }
}
