package org.dailypapers.matching;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.dailypapers.interest.Interest;
import org.dailypapers.interest.InterestError;
import org.dailypapers.interest.InterestParser;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Topics;

/**
 * Search over all papers in the language of interests.
 *
 * <p>Its index is in memory, made from the database at the first search and brought up to date before each one by the
 * papers' {@code changedAt}; nothing of it needs a backup.
 */
@ApplicationScoped
public class PaperSearch {

    private static final int BATCH = 500;
    private static final int DEEPEST = 1_000;

    /** A change stamped a little earlier than one that is known may become visible after it. */
    private static final Duration OVERLAP = Duration.ofSeconds(30);

    private static final Duration REFRESH = Duration.ofSeconds(2);

    private static final SortField NEWEST = new SortField("day", SortField.Type.LONG, true);

    private final Papers papers;
    private final Translation translation;
    private final Clock clock;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<Long, Instant> recent = new HashMap<>();
    private Instant newest = Instant.EPOCH;
    private Instant refreshed = Instant.EPOCH;

    PaperSearch(Papers papers, Topics topics, Abbreviations abbreviations, Clock clock) {
        this.papers = papers;
        this.translation = new Translation(topics, abbreviations);
        this.clock = clock;
        try {
            writer = new IndexWriter(new ByteBuffersDirectory(), new IndexWriterConfig(IndexField.indexing()));
            searchers = new SearcherManager(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }

    /**
     * What a line of the language finds, best first, newer before older where equal.
     *
     * @param page from 0
     */
    public SearchResult search(String line, int page, int size) {
        return find(line, page, size, new Sort(SortField.FIELD_SCORE, NEWEST));
    }

    /** What a line of the language finds, newest first. */
    public SearchResult newest(String line, int page, int size) {
        return find(line, page, size, new Sort(NEWEST, SortField.FIELD_SCORE));
    }

    private SearchResult find(String line, int page, int size, Sort order) {
        return switch (InterestParser.parse(line)) {
            case InterestError error -> new SearchResult(0, List.of(), error.message());
            case Interest interest -> find(interest, page, size, order);
        };
    }

    private SearchResult find(Interest interest, int page, int size, Sort order) {
        refresh();
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                int end = Math.min(DEEPEST, (page + 1) * size);
                TopFieldDocs found = searcher.search(translation.ranked(interest.query()), end, order);
                return new SearchResult(
                        searcher.count(translation.ranked(interest.query())),
                        load(searcher, found.scoreDocs, page * size, end),
                        null);
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
        return Arrays.stream(ids).mapToObj(byId::get).filter(Objects::nonNull).toList();
    }

    private synchronized void refresh() {
        Instant now = clock.instant();
        if (Duration.between(refreshed, now).abs().compareTo(REFRESH) < 0) {
            return;
        }
        refreshed = now;
        try {
            List<Paper> changed;
            do {
                changed = papers.changedSince(
                        newest.minus(newest.equals(Instant.EPOCH) ? Duration.ZERO : OVERLAP), BATCH + recent.size());
            } while (index(changed) > 0 && changed.size() >= BATCH);
            recent.values().removeIf(at -> at.isBefore(newest.minus(OVERLAP)));
            searchers.maybeRefreshBlocking();
        } catch (IOException e) {
            throw new UncheckedIOException("An index in memory cannot fail", e);
        }
    }

    /** Indexes those that are news; how many were. */
    private int index(List<Paper> changed) throws IOException {
        int news = 0;
        for (Paper paper : changed) {
            if (!paper.changedAt.equals(recent.put(paper.id, paper.changedAt))) {
                Document document = IndexField.document(paper);
                document.add(new NumericDocValuesField("day", paper.firstEdition.toEpochDay()));
                writer.updateDocument(new Term("id", Long.toString(paper.id)), document);
                newest = paper.changedAt.isAfter(newest) ? paper.changedAt : newest;
                news++;
            }
        }
        return news;
    }

    @PreDestroy
    void close() throws IOException {
        searchers.close();
        writer.close();
    }
}
