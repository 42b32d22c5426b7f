package org.dailypapers.audience;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dailypapers.digest.Chosen;
import org.dailypapers.digest.Digest;
import org.dailypapers.outbox.Outbox;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.reputation.Bounces;
import org.dailypapers.subscriber.LinkRequest;
import org.dailypapers.subscriber.ServiceLetters;
import org.dailypapers.subscriber.Subscriber;

/** The letters of one reader: what each held and why, and what became of it. */
@ApplicationScoped
public class ReaderLetters {

    private final EntityManager database;
    private final Outbox outbox;
    private final Bounces bounces;
    private final Papers papers;

    ReaderLetters(EntityManager database, Outbox outbox, Bounces bounces, Papers papers) {
        this.database = database;
        this.outbox = outbox;
        this.bounces = bounces;
        this.papers = papers;
    }

    /** The newest letters of the reader, newest first. */
    @Transactional
    public List<Dossier.SentLetter> newest(Subscriber subscriber, int most) {
        return Stream.concat(digests(subscriber.id, most), requests(subscriber.id, most))
                .sorted(Comparator.comparing(Row::at).reversed())
                .limit(most)
                .map(row -> row.letter().get())
                .toList();
    }

    /** A letter of which no more is looked up than when it was, until it is known to be shown. */
    private record Row(Instant at, Supplier<Dossier.SentLetter> letter) {}

    private Stream<Row> digests(long subscriber, int most) {
        return database
                .createQuery("from Digest d where d.subscriberId = :s order by d.id desc", Digest.class)
                .setParameter("s", subscriber)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(d -> new Row(
                        d.composedAt,
                        () -> letter(
                                Digest.MESSAGE_KIND,
                                d.id,
                                "digest of " + d.to + " (" + d.kind.name().toLowerCase(Locale.ROOT) + ")",
                                d.composedAt,
                                picks(d))));
    }

    private List<Dossier.Pick> picks(Digest digest) {
        List<Chosen> chosen = digest.chosen();
        Map<Long, Paper> byId = papers.byIds(chosen.stream().map(Chosen::paper).toList()).stream()
                .collect(Collectors.toMap(paper -> paper.id, Function.identity()));
        return chosen.stream()
                .filter(c -> byId.containsKey(c.paper()))
                .map(c -> {
                    Paper paper = Objects.requireNonNull(byId.get(c.paper()));
                    return new Dossier.Pick(paper.publicId, paper.title, c.interests(), c.score());
                })
                .toList();
    }

    private Stream<Row> requests(long subscriber, int most) {
        return database
                .createQuery("from LinkRequest r where r.subscriberId = :s order by r.id desc", LinkRequest.class)
                .setParameter("s", subscriber)
                .setMaxResults(most)
                .getResultList()
                .stream()
                .map(r -> new Row(
                        r.askedAt, () -> letter(ServiceLetters.KIND, r.id, what(r.kind), r.askedAt, List.of())));
    }

    private static String what(LinkRequest.Kind kind) {
        return switch (kind) {
            case SUBSCRIBE -> "confirmation";
            case CHANGE -> "confirmation of new preferences";
            case LINK -> "link to the preferences";
            case MOVE -> "confirmation of a new address, to that address";
            case MOVE_NOTICE -> "notice of a change of address";
        };
    }

    private Dossier.SentLetter letter(String kind, long id, String what, Instant at, List<Dossier.Pick> picks) {
        Optional<Outbox.MessageStatus> status = outbox.status(kind, id);
        return new Dossier.SentLetter(
                kind,
                id,
                what,
                at,
                status.map(Outbox.MessageStatus::state),
                outbox.attempts(kind, id),
                status.flatMap(
                        s -> Optional.ofNullable(bounces.of(List.of(s.id())).get(s.id()))),
                picks);
    }
}
