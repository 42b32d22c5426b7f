package org.dailypapers.matching.search;

import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.index.IndexField;
import org.dailypapers.matching.index.Translation;
import org.dailypapers.matching.name.IndexedAuthors;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topics;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Search over all papers in the language of interests.
 *
 * <p>Its index is in memory and needs no backup. One thread of its own makes it from the database after a start and keeps
 * it up by the papers' revisions, page by page, each page in a short transaction: nobody who asks makes it, and no
 * transaction waits for it. Of papers with very many authors see {@link IndexedAuthors}. Until it is made for the first time there is no search, see {@link #ready}.
 */
@ApplicationScoped
@Named("search")
public class PaperSearch {

    private static final Logger LOG = Logger.getLogger(PaperSearch.class);

    private static final int DEEPEST = 1_000;
    private static final int REVISIONS_PAGE = 1_000;
    private static final int PAPERS_PAGE = 100;

    /** Who asks waits so long for the newest changes, and then does without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Longer than any transaction lasts: a change that cannot be seen by then never will. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    /** How often changes are looked for whose number is not the newest. */
    private static final Duration LATE_ONES = Duration.ofSeconds(10);

    static final String SHOWN = "shown";
    private static final String SOURCE = "source";
    private static final SortField NEWEST = new SortField(SHOWN, SortField.Type.LONG, true);
    private static final Sort NEWEST_FIRST = new Sort(NEWEST, SortField.FIELD_SCORE);
    private static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE, NEWEST);

    private final Papers papers;
    private final Revisions revisions;
    private final Topics topics;
    private final Provider<Abbreviations> abbreviations;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final ExecutorService indexing = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("search-index").factory());
    private Future<?> refreshing = CompletableFuture.completedFuture(null);

    private final IndexedAuthors authors =
            new IndexedAuthors(Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 1_000));

    /** What the thread that indexes knows: the revisions that are in, as far as they are not settled. */
    private final Map<Long, Long> known = new HashMap<>();

    private final ArrayDeque<Seen> seen = new ArrayDeque<>();

    /** Made when the first one searches; a page that only shows whether there is search need not wait for it. */
    private volatile @Nullable Translation translation;

    private volatile long indexed = Long.MIN_VALUE;
    private volatile long refreshed = System.nanoTime();
    private volatile boolean ready;
    private volatile boolean closing;

    /** The newest revision that could be seen, and when by the clock of elapsed time. */
    private record Seen(long nanos, long revision) {}

    PaperSearch(Papers papers, Revisions revisions, Topics topics, Provider<Abbreviations> abbreviations) {
        this.papers = papers;
        this.revisions = revisions;
        this.topics = topics;
        this.abbreviations = abbreviations;
        try {
            writer = new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig(IndexField.indexing()));
            searchers = new SearcherManager(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }

    /** Search before the index was made for the first time. */
    public static final class NotReadyException extends RuntimeException {
        NotReadyException() {
            super("Search is being prepared; it is there again in a minute.");
        }
    }

    /**
     * What a line of the language finds, best first, newer before older where equal.
     *
     * @param page from 0
     * @throws NotReadyException before the index was made for the first time
     */
    public SearchResult search(String line, int page, int size) {
        return find(line, page, size, BEST_FIRST);
    }

    /**
     * What a line of the language finds, newest first by the day that lists show.
     *
     * @throws NotReadyException before the index was made for the first time
     */
    public SearchResult newest(String line, int page, int size) {
        return find(line, page, size, NEWEST_FIRST);
    }

    /**
     * A page of what is searched for.
     *
     * @param newest whether the newest come first by the day that lists show, else the best
     * @throws NotReadyException before the index was made for the first time
     */
    public SearchResult search(SearchQuestion question, boolean newest, int page, int size) {
        return find(query(question), page, size, newest ? NEWEST_FIRST : BEST_FIRST);
    }

    /**
     * How all that is found is spread over sources, categories and years.
     *
     * @throws NotReadyException before the index was made for the first time
     */
    public Facets facets(SearchQuestion question) {
        return asked(searcher -> Facets.of(searcher, query(question)));
    }

    private Query query(SearchQuestion question) {
        LocalDate from = question.from();
        LocalDate to = question.to();
        Query words = translation().ranked(question.interest().query());
        if (from == null && to == null && question.source() == null) {
            return words;
        }
        var query = new BooleanQuery.Builder().add(words, BooleanClause.Occur.MUST);
        if (from != null || to != null) {
            query.add(
                    NumericDocValuesField.newSlowRangeQuery(
                            SHOWN,
                            from == null ? Long.MIN_VALUE : seconds(from),
                            to == null ? Long.MAX_VALUE : seconds(to.plusDays(1)) - 1),
                    BooleanClause.Occur.FILTER);
        }
        if (question.source() != null) {
            query.add(new TermQuery(new Term(SOURCE, question.source())), BooleanClause.Occur.FILTER);
        }
        return query.build();
    }

    private static long seconds(LocalDate day) {
        return day.toEpochDay() * Duration.ofDays(1).toSeconds();
    }

    /** Whether there is search: the index was made once since the start. Nobody waits for the answer. */
    public boolean ready() {
        // An error's page is rendered on a thread that must not wait for the database.
        if (!ready && BlockingOperationControl.isBlockingAllowed()) {
            refresh();
        }
        return ready;
    }

    /** Has the index made, or brought up to date, in the background; returns at once. */
    public void keepUp() {
        refresh();
    }

    private SearchResult find(String line, int page, int size, Sort order) {
        return switch (InterestParser.parse(line)) {
            case InterestError error -> new SearchResult(0, List.of(), error.message());
            case Interest interest -> find(translation().ranked(interest.query()), page, size, order);
        };
    }

    private Translation translation() {
        Translation made = translation;
        if (made == null) {
            made = new Translation(topics, abbreviations.get());
            translation = made;
        }
        return made;
    }

    private SearchResult find(Query query, int page, int size, Sort order) {
        return asked(searcher -> {
            int end = Math.min(DEEPEST, (page + 1) * size);
            TopFieldDocs found = searcher.search(query, end, order);
            return new SearchResult(searcher.count(query), load(searcher, found.scoreDocs, page * size, end), null);
        });
    }

    /** What is asked of the index. */
    private interface Asked<T> {
        T of(IndexSearcher searcher) throws IOException;
    }

    private <T> T asked(Asked<T> question) {
        await(refresh(), PATIENCE);
        if (!ready) {
            throw new NotReadyException();
        }
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return question.of(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }

    private List<Paper> load(IndexSearcher searcher, ScoreDoc[] found, int from, int to) throws IOException {
        var stored = searcher.storedFields();
        var ids = new long[Math.max(0, Math.min(to, found.length) - from)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Long.parseLong(stored.document(found[from + i].doc).get("id"));
        }
        Map<Long, Paper> byId = papers.byIds(Arrays.stream(ids).boxed().toList()).stream()
                .collect(Collectors.toMap(p -> p.id, Function.identity()));
        for (long id : ids) {
            if (!byId.containsKey(id)) {
                writer.deleteDocuments(new Term("id", Long.toString(id)));
            }
        }
        return Arrays.stream(ids)
                .mapToObj(byId::get)
                .filter(paper -> paper != null && !paper.hidden)
                .toList();
    }

    private static void await(Future<?> refresh, Duration patience) {
        try {
            refresh.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Search goes on with what is indexed", e);
        }
    }

    /** Has the thread look for changes where there are some; what it is doing. */
    private synchronized Future<?> refresh() {
        if (refreshing.isDone()
                && !closing
                && (revisions.newest() != indexed || System.nanoTime() - refreshed > LATE_ONES.toNanos())) {
            refreshing = indexing.submit(this::bringUpToDate);
        }
        return refreshing;
    }

    private void bringUpToDate() {
        try {
            long newest = revisions.newest();
            long settled = settle(newest);
            var last = new Papers.Revision(Long.MAX_VALUE, settled);
            List<Papers.Revision> page;
            do {
                page = papers.changedAfter(last, REVISIONS_PAGE);
                index(page);
                last = page.isEmpty() ? last : page.getLast();
            } while (page.size() == REVISIONS_PAGE && !closing);
            known.values().removeIf(revision -> revision <= settled);
            searchers.maybeRefreshBlocking();
            indexed = newest;
            refreshed = System.nanoTime();
            ready |= !closing;
        } catch (IOException | RuntimeException | Error e) {
            if (DatabaseFailure.isBehind(e)) {
                LOG.debug("The search index waits for the database", e);
            } else {
                LOG.errorf(
                        e, "The search index could not be brought up to date; that is tried again at the next search");
            }
            throw new IllegalStateException(e);
        }
    }

    /** The revision up to which everything has been seen; notes what can be seen now. */
    private long settle(long newest) {
        long now = System.nanoTime();
        seen.addLast(new Seen(now, newest));
        while (seen.size() > 1
                && now - seen.stream().skip(1).findFirst().orElseThrow().nanos() > SETTLED.toNanos()) {
            seen.removeFirst();
        }
        return now - seen.getFirst().nanos() > SETTLED.toNanos()
                ? seen.getFirst().revision()
                : Long.MIN_VALUE;
    }

    private void index(List<Papers.Revision> changed) throws IOException {
        var news = new ArrayList<Long>();
        for (Papers.Revision one : changed) {
            if (!Objects.equals(known.get(one.paper()), one.revision())) {
                news.add(one.paper());
            }
        }
        for (int from = 0; from < news.size() && !closing; from += PAPERS_PAGE) {
            for (Paper paper : papers.byIds(news.subList(from, Math.min(from + PAPERS_PAGE, news.size())))) {
                if (paper.hidden) {
                    writer.deleteDocuments(new Term("id", Long.toString(paper.id)));
                    known.put(paper.id, paper.revision);
                    continue;
                }
                Document document = IndexField.document(paper, authors.of(paper));
                document.add(new NumericDocValuesField(SHOWN, shown(paper)));
                document.add(new StringField(SOURCE, paper.origin, Field.Store.NO));
                Facets.add(paper, document);
                writer.updateDocument(new Term("id", Long.toString(paper.id)), document);
                known.put(paper.id, paper.revision);
            }
        }
    }

    /** The day that lists show of a paper, in seconds: when it was published, else when it was first seen. */
    private static long shown(Paper paper) {
        return paper.published != null ? paper.published.getEpochSecond() : seconds(paper.firstEdition);
    }

    /** Lets the thread finish the page at hand while the database is open: it is not interrupted. */
    void stop(@Observes ShutdownEvent event) {
        beginNothing();
        indexing.close();
    }

    /** A task that is handed over after the end is refused, with a trace. */
    private synchronized void beginNothing() {
        closing = true;
    }

    @PreDestroy
    void close() throws IOException {
        beginNothing();
        indexing.close();
        searchers.close();
        writer.close();
    }
}
