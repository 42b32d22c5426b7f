package org.dailypapers.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.dailypapers.digest.rules.DigestKind;
import org.dailypapers.matching.Match;
import org.dailypapers.matching.Matcher;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.subscriber.Subscriber;

/** Letters that were sent, made once more by the present rules, settings and preferences; it changes nothing. */
@ApplicationScoped
public class Replay {

    private final EntityManager database;
    private final EditionIndexes indexes;

    Replay(EntityManager database, EditionIndexes indexes) {
        this.database = database;
        this.indexes = indexes;
    }

    /**
     * A letter beside what it would be now.
     *
     * @param to its last edition
     * @param sent how many papers it had
     * @param now how many it would have
     * @param both how many are in both
     */
    public record Compared(long digest, LocalDate to, int sent, int now, int both) {}

    /** The next digests of editions in [from, to], in the order of their ids. */
    @Transactional
    public List<Compared> after(long digest, LocalDate from, LocalDate to, int most) {
        return database
                .createQuery("""
                                from Digest d
                                where d.id > :after and d.to >= :from and d.to <= :upTo and d.givenBack = 0
                                order by d.id""", Digest.class)
                .setParameter("after", digest)
                .setParameter("from", from)
                .setParameter("upTo", to)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(this::compared)
                .toList();
    }

    private Compared compared(Digest digest) {
        Set<Long> sent = digest.chosen().stream().map(Chosen::paper).collect(Collectors.toSet());
        Subscriber reader = Objects.requireNonNull(database.find(Subscriber.class, digest.subscriberId));
        EditionIndex index = digest.kind == DigestKind.SCHEDULED
                ? indexes.lived(digest.from, digest.to)
                : indexes.edition(digest.to);
        Set<Long> seen = new HashSet<>();
        database.createQuery("from Digest d where d.subscriberId = :s and d.id < :id and d.givenBack = 0", Digest.class)
                .setParameter("s", digest.subscriberId)
                .setParameter("id", digest.id)
                .getResultStream()
                .flatMap(d -> d.chosen().stream())
                .forEach(choice -> seen.add(choice.paper()));
        List<Match> now =
                Matcher.match(index, ReaderProfile.of(reader.preferences(), reader.learnedLines()), seen::contains);
        int both = (int) now.stream()
                .filter(match -> sent.contains(match.candidate().paper().id))
                .count();
        return new Compared(digest.id, digest.to, sent.size(), now.size(), both);
    }
}
