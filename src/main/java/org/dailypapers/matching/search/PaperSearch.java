package org.dailypapers.matching.search;

import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.AlreadyClosedException;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.matching.index.Translation;
import org.dailypapers.matching.likeness.LikedPapers;
import org.dailypapers.matching.word.Abbreviations;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.paper.Topics;
import org.dailypapers.storage.StorageSettings;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Search over all papers in the language of interests.
 *
 * <p>Its index lies on disk and needs no backup. A thread of its own opens it after a start, or makes it, and keeps it up,
 * see {@link IndexUpkeep}: nobody who asks makes it, and no transaction waits for it. Until that is done for the first time
 * there is no search, see {@link #ready}.
 */
@ApplicationScoped
@Named("search")
public class PaperSearch {

    private static final Logger LOG = Logger.getLogger(PaperSearch.class);

    private static final int DEEPEST = 1_000;

    /** Who asks waits so long for the newest changes, and then does without them. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final SortField NEWEST = new SortField(SearchIndex.SHOWN, SortField.Type.LONG, true);
    private static final Sort NEWEST_FIRST = new Sort(NEWEST, SortField.FIELD_SCORE);
    private static final Sort BEST_FIRST = new Sort(SortField.FIELD_SCORE, NEWEST);

    private final Papers papers;
    private final Topics topics;
    private final Provider<Abbreviations> abbreviations;
    private final LikedPapers liked;
    private final IndexUpkeep upkeep;

    /** Made when the first one searches; a page that only shows whether there is search need not wait for it. */
    private volatile @Nullable Translation translation;

    PaperSearch(
            Papers papers,
            Revisions revisions,
            Topics topics,
            Provider<Abbreviations> abbreviations,
            LikedPapers liked,
            StorageSettings storage) {
        this.papers = papers;
        this.topics = topics;
        this.liked = liked;
        this.abbreviations = abbreviations;
        upkeep = new IndexUpkeep(papers, revisions, storage.data());
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
                    shown(
                            from == null ? Long.MIN_VALUE : SearchIndex.seconds(from),
                            to == null ? Long.MAX_VALUE : SearchIndex.seconds(to.plusDays(1)) - 1),
                    BooleanClause.Occur.FILTER);
        }
        if (question.source() != null) {
            query.add(new TermQuery(new Term(SearchIndex.SOURCE, question.source())), BooleanClause.Occur.FILTER);
        }
        return query.build();
    }

    private static Query shown(long from, long to) {
        return new IndexOrDocValuesQuery(
                LongPoint.newRangeQuery(SearchIndex.SHOWN, from, to),
                NumericDocValuesField.newSlowRangeQuery(SearchIndex.SHOWN, from, to));
    }

    /** Whether there is search: the index was brought up to date once since the start. Nobody waits for the answer. */
    public boolean ready() {
        // An error's page is rendered on a thread that must not wait for the database.
        if (upkeep.index() == null && BlockingOperationControl.isBlockingAllowed()) {
            upkeep.refresh();
        }
        return upkeep.index() != null;
    }

    /** Has the index opened, made, or brought up to date, in the background; returns at once. */
    public void keepUp() {
        upkeep.refresh();
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
            made = new Translation(topics, abbreviations.get(), liked);
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
        Future<?> refresh = upkeep.refresh();
        if (!upkeep.takesLong()) {
            await(refresh, PATIENCE);
        }
        SearchIndex index = upkeep.index();
        if (index == null) {
            throw new NotReadyException();
        }
        try {
            IndexSearcher searcher = index.acquire();
            try {
                return question.of(searcher);
            } finally {
                index.release(searcher);
            }
        } catch (IOException | AlreadyClosedException e) {
            LOG.errorf("The search index in %s cannot be read: %s; it is opened anew", index.folder(), e);
            upkeep.failed(index);
            throw new NotReadyException();
        }
    }

    private List<Paper> load(IndexSearcher searcher, ScoreDoc[] found, int from, int to) throws IOException {
        var stored = searcher.storedFields();
        var ids = new long[Math.max(0, Math.min(to, found.length) - from)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = Long.parseLong(stored.document(found[from + i].doc).get(SearchIndex.ID));
        }
        Map<Long, Paper> byId = papers.byIds(Arrays.stream(ids).boxed().toList()).stream()
                .collect(Collectors.toMap(p -> p.id, Function.identity()));
        if (byId.size() < ids.length) {
            upkeep.compareAll();
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

    /** Where it was never asked for, nothing is to be ended. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        upkeep.stop();
    }

    @PreDestroy
    void close() throws IOException {
        upkeep.close();
    }
}
