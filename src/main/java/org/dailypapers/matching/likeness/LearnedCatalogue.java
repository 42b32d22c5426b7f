package org.dailypapers.matching.likeness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.storage.DatabaseArray;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * Likeness as this catalogue has it: learned by a thread of its own, so that nobody who asks does it, from its newest papers
 * up to the one that {@link LearningMark} says. So all processes have the same, whenever they began.
 */
@ApplicationScoped
public class LearnedCatalogue implements LikedPapers {

    private static final Logger LOG = Logger.getLogger(LearnedCatalogue.class);

    /** More papers hardly change where terms point. */
    static final int MOST_PAPERS = 12_000;

    /** The least cosine of what is called related. */
    private static final double RELATED = 0.35;

    private static final int PAGE = 500;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    /** Learning from as many papers as are looked at takes a few seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_FAILURES = 3;

    /** Letters that come without the like of a paper are better than none. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(30);

    private final Papers papers;
    private final StatelessSession database;
    private final LearningMark mark;
    private final Cache<PaperId, Known> known = Caffeine.newBuilder()
            .maximumSize(20_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();
    private final Cache<Version, List<Near>> related =
            Caffeine.newBuilder().maximumSize(5_000).executor(Runnable::run).build();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("likeness").factory());
    private Future<?> looking = CompletableFuture.completedFuture(null);
    private volatile Learned learned = Learned.NOTHING;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean waited = new AtomicBoolean();
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private final long began = System.nanoTime();
    private volatile long looked = System.nanoTime() - BETWEEN_LOOKS.toNanos();

    LearnedCatalogue(Papers papers, StatelessSession database, LearningMark mark) {
        this.papers = papers;
        this.database = database;
        this.mark = mark;
    }

    /**
     * What is known.
     *
     * @param neighbours the papers that it was learned from
     * @param version of the mark up to which it was learned; empty before anything was
     */
    private record Learned(TermVectors vectors, Neighbours neighbours, String version) {
        static final Learned NOTHING = new Learned(TermVectors.NONE, Neighbours.NONE, "");
    }

    /**
     * What was found under an id.
     *
     * @param revision the newest change of a paper that was known before
     */
    private record Known(Optional<LikedPaper> paper, long revision) {}

    private record Version(long paper, long revision, String learned) {}

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    @Override
    public TermVectors vectors() {
        if (System.nanoTime() - looked >= BETWEEN_LOOKS.toNanos()) {
            look();
        }
        return learned.vectors;
    }

    /** Looks whether there is more to learn, and waits until it is learned; whether anything ever was since the start. */
    public boolean prepare() {
        try {
            look().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("What papers have in common could not be learned; likes are told by what was learned before", e);
        }
        return !learned.version.isEmpty();
    }

    /**
     * Whether letters can be composed for those who ask for the like of a paper: something was learned, or could not be so
     * often or so long that they are told by nothing. The first who asks waits for it a little.
     */
    public boolean settled() {
        if (!learned.version.isEmpty()) {
            vectors();
            return true;
        }
        if (waited.compareAndSet(false, true)) {
            prepare();
        } else {
            vectors();
        }
        if (!learned.version.isEmpty()) {
            return true;
        }
        boolean tooLong = System.nanoTime() - began >= LONGEST_WAIT.toNanos();
        if (failures.get() < MOST_FAILURES && !tooLong) {
            return false;
        }
        if (givenUp.compareAndSet(false, true)) {
            LOG.error("What papers have in common cannot be learned; letters are composed without the like of papers"
                    + " until it can: see the warnings before; where memory ran out, give the service more (-Xmx)");
        }
        return true;
    }

    @Override
    public boolean await() {
        // Whoever is told to stop, or asks while the service does, is not to wait for what does not come any more.
        while (!settled() && !thread.isShutdown() && !Thread.currentThread().isInterrupted()) {
            prepare();
        }
        return !learned.version.isEmpty();
    }

    private synchronized Future<?> look() {
        if (looking.isDone() && !thread.isShutdown()) {
            looked = System.nanoTime();
            looking = thread.submit(this::learnWhatIsNew);
        }
        return looking;
    }

    private void learnWhatIsNew() {
        try {
            learn();
            failures.set(0);
        } catch (Throwable e) { // Also where memory ran out: whoever waits is to know.
            failures.incrementAndGet();
            LOG.warn("What papers have in common could not be learned; it is tried again in a minute", e);
        }
    }

    private void learn() {
        LearningMark.Mark upTo = mark.current();
        if (upTo.version().equals(learned.version)) {
            return;
        }
        List<TermVectors.Text> texts = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        long from = upTo.newest();
        List<Object[]> page;
        do {
            long last = from;
            // Hidden ones too: what was learned is not to depend on when it was.
            page = QuarkusTransaction.requiringNew().call(() -> database.createQuery("""
                            select p.id, p.title, p.summary
                            from Paper p
                            where p.id <= :last
                            order by p.id desc""", Object[].class)
                    .setParameter("last", last)
                    .setMaxResults(PAGE)
                    .getResultList());
            for (Object[] row : page) {
                texts.add(new TermVectors.Text((String) row[1], (String) row[2]));
                ids.add((Long) row[0]);
                from = (Long) row[0] - 1;
            }
        } while (!page.isEmpty() && texts.size() < MOST_PAPERS);
        Collections.reverse(texts);
        Collections.reverse(ids);
        long start = System.nanoTime();
        TermVectors vectors = TermVectors.learnedFrom(texts);
        long[] papersAsked = ids.stream().mapToLong(id -> id).toArray();
        learned = new Learned(vectors, Neighbours.of(vectors, papersAsked, texts), upTo.version());
        LOG.infof(
                "Learned from %d papers what they have in common, in %d ms",
                texts.size(), Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    /** Those of the papers that were learned from which resemble the text, the nearest first; withdrawn and hidden ones are left out. */
    public List<Paper> nearest(TermVectors.Text text, int most) {
        vectors();
        return shown(nearest(learned, text, most));
    }

    /** The same for a paper, but for itself; kept for whoever asks next. */
    public List<Paper> nearest(Paper paper, int most) {
        vectors();
        Learned now = learned;
        return shown(related.get(
                new Version(paper.id, paper.revision, now.version),
                version -> nearest(now, TermVectors.Text.of(paper), most + 1).stream()
                        .filter(near -> near.paper() != paper.id)
                        .limit(most)
                        .toList()));
    }

    @Override
    public List<Near> near(String id, int most) {
        vectors();
        Learned now = learned;
        return find(id, Long.MIN_VALUE)
                .map(paper -> nearest(now, paper.text(), most))
                .orElse(List.of());
    }

    private static List<Near> nearest(Learned now, TermVectors.Text text, int most) {
        return now.neighbours.nearest(now.vectors.of(text), RELATED, most);
    }

    private List<Paper> shown(List<Near> near) {
        List<Long> ids = near.stream().map(Near::paper).toList();
        return QuarkusTransaction.joiningExisting().call(() -> papers.byIds(ids)).stream()
                .filter(Paper::maySend)
                .sorted(Comparator.comparingInt(paper -> ids.indexOf(paper.id)))
                .toList();
    }

    @Override
    public Optional<LikedPaper> find(String id, long revision) {
        return PaperId.parse(id).flatMap(identity -> find(identity, revision));
    }

    private Optional<LikedPaper> find(PaperId identity, long revision) {
        Known cached = known.getIfPresent(identity);
        if (cached == null || cached.revision < revision) {
            cached = new Known(
                    QuarkusTransaction.joiningExisting().call(() -> papers.find(identity)
                            .map(paper -> new LikedPaper(paper.publicId, paper.revision, TermVectors.Text.of(paper)))),
                    revision);
            known.put(identity, cached);
        }
        return cached.paper;
    }

    @Override
    public void read(Connection connection, Collection<String> ids, long revision) throws SQLException {
        List<String> unknown = ids.stream()
                .flatMap(id -> PaperId.parse(id).stream())
                .distinct()
                .filter(identity -> {
                    Known cached = known.getIfPresent(identity);
                    return cached == null || cached.revision < revision;
                })
                .map(PaperId::value)
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        try (var select = connection.prepareStatement(
                "select public_id, revision, title, summary from paper where public_id = any(?) and hidden = false")) {
            select.setArray(1, DatabaseArray.sought(connection, "varchar", unknown));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    var paper = new LikedPaper(
                            row.getString(1), row.getLong(2), new TermVectors.Text(row.getString(3), row.getString(4)));
                    known.put(new PaperId(paper.publicId()), new Known(Optional.of(paper), revision));
                }
            }
        }
    }
}
