package org.dailypapers.matching.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.paper.Revisions;
import org.dailypapers.storage.DatabaseFailure;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the index of search as the papers are, on a thread of its own, page by page, each page in a short transaction.
 *
 * <p>Changes are found by their revisions. One that commits late has a smaller number than those seen before it, so
 * what was new within {@link #SETTLED} is looked at again. At the first time, once all that was under way then has ended,
 * and each hour every paper's last change is compared with the indexed one, which finds whatever else went past: what a
 * kill or a backup took back, and papers that are gone.
 */
final class IndexUpkeep {

    private static final Logger LOG = Logger.getLogger(IndexUpkeep.class);

    private static final int CHANGES_PAGE = 1_000;
    private static final int PAPERS_PAGE = 100;

    /** Longer than transactions last. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private static final Duration BETWEEN_COMPARISONS = Duration.ofHours(1);

    /** How often changes are looked for whose number is not the newest. */
    private static final Duration LATE_ONES = Duration.ofSeconds(10);

    private final Papers papers;
    private final Revisions revisions;
    private final Path data;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("search-index").factory());
    private Future<?> running = CompletableFuture.completedFuture(null);

    /** The newest revisions that were indexed, with the moments of elapsed time at which they were looked for. */
    private final ArrayDeque<Seen> seen = new ArrayDeque<>();

    private volatile @Nullable SearchIndex index;
    private volatile long indexed = Long.MIN_VALUE;
    private volatile long looked = System.nanoTime();

    /** The index once it is as the papers are; null before that, and while another one is made. */
    private volatile @Nullable SearchIndex served;

    private volatile boolean closing;
    private volatile boolean missed;

    /** Whether what the thread does now takes longer than a search should wait. */
    private volatile boolean takesLong;

    private volatile @Nullable Long failedAt;
    private long comparedAll;
    private int comparisons;

    private record Seen(long nanos, long revision) {}

    IndexUpkeep(Papers papers, Revisions revisions, Path data) {
        this.papers = papers;
        this.revisions = revisions;
        this.data = data;
    }

    /** The index; null before it was as the papers are for the first time. */
    @Nullable
    SearchIndex index() {
        return served;
    }

    /** Whether the thread compares all papers or takes many in, for which a search does not wait. */
    boolean takesLong() {
        return takesLong;
    }

    /** Has the thread look for changes where there are some; what it is doing. */
    synchronized Future<?> refresh() {
        if (running.isDone()
                && !closing
                && !resting()
                && (missed || revisions.newest() != indexed || since(looked).compareTo(LATE_ONES) > 0)) {
            running = thread.submit(this::bringUpToDate);
        }
        return running;
    }

    /** What failed is not tried again at once. */
    private boolean resting() {
        return failedAt != null && since(failedAt).compareTo(LATE_ONES) < 0;
    }

    /** Has every paper compared: the index holds one that is gone. */
    void compareAll() {
        missed = true;
    }

    /** Gives up an index that cannot be read; the next look opens or makes it anew. */
    synchronized void failed(SearchIndex broken) {
        if (index == broken) {
            served = null;
            index = null;
            missed = true;
            broken.abandon();
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private void bringUpToDate() {
        SearchIndex open = null;
        try {
            open = open();
            long now = System.nanoTime();
            long newest = revisions.newest();
            boolean all = isAllDue();
            takesLong = all && !missed && comparisons > 0;
            if (all) {
                missed = false;
            }
            if (follow(open, all ? Long.MIN_VALUE : settled(), all)) {
                seen.addLast(new Seen(now, newest));
                if (all) {
                    comparedAll = now;
                    comparisons++;
                }
                failedAt = null;
                indexed = newest;
                looked = System.nanoTime();
                serve(open);
            }
        } catch (IOException | RuntimeException | Error e) {
            missed = true;
            if (DatabaseFailure.isBehind(e)) {
                LOG.debug("The search index waits for the database", e);
            } else {
                failedAt = System.nanoTime();
                if (open == null) {
                    LOG.errorf(
                            "There is no search, for its index in %s cannot be opened: %s; tried again later", data, e);
                } else {
                    LOG.errorf(e, "The search index in %s could not be brought up to date; tried again later", data);
                    if (open.broken(e)) {
                        failed(open);
                    }
                }
            }
            throw new IllegalStateException(e);
        } finally {
            takesLong = false;
        }
    }

    /** One that was given up meanwhile is not served. */
    private synchronized void serve(SearchIndex open) {
        if (index == open) {
            served = open;
        }
    }

    private SearchIndex open() throws IOException {
        SearchIndex open = index;
        if (open == null) {
            open = SearchIndex.open(data, revisions.catalogue());
            comparisons = 0;
            seen.clear();
            index = open;
        }
        return open;
    }

    private boolean isAllDue() {
        Duration after = comparisons == 1 ? SETTLED : BETWEEN_COMPARISONS;
        return missed || comparisons == 0 || since(comparedAll).compareTo(after) > 0;
    }

    /** The revision up to which everything has been seen. */
    private long settled() {
        while (seen.size() > 1
                && since(seen.stream().skip(1).findFirst().orElseThrow().nanos())
                                .compareTo(SETTLED)
                        > 0) {
            seen.removeFirst();
        }
        return seen.getFirst().revision();
    }

    /** Indexes what changed behind that revision; false where the process stops before that is done. */
    private boolean follow(SearchIndex open, long revision, boolean all) throws IOException {
        try (var before = new IndexedChanges(open)) {
            List<Papers.Change> page = papers.changedAfter(revision, Long.MAX_VALUE, CHANGES_PAGE);
            while (!page.isEmpty()) {
                if (page.size() == CHANGES_PAGE && served != null) {
                    takesLong = true;
                }
                index(open, page, before);
                if (closing) {
                    return false;
                }
                open.keep();
                Papers.Change last = page.getLast();
                page = page.size() < CHANGES_PAGE
                        ? List.of()
                        : papers.changedAfter(last.revision(), last.paper(), CHANGES_PAGE);
            }
            if (all) {
                before.removeOthers();
            }
        }
        open.show();
        open.keep();
        return true;
    }

    private void index(SearchIndex open, List<Papers.Change> page, IndexedChanges before) throws IOException {
        var news = new ArrayList<Long>();
        for (Papers.Change change : page) {
            if (before.knows(change)) {
                continue;
            }
            if (change.hidden()) {
                open.remove(change.paper());
            } else {
                news.add(change.paper());
            }
        }
        for (int from = 0; from < news.size() && !closing; from += PAPERS_PAGE) {
            for (Paper paper : papers.byIds(news.subList(from, Math.min(from + PAPERS_PAGE, news.size())))) {
                if (paper.hidden) {
                    open.remove(paper.id);
                } else {
                    open.put(paper);
                }
            }
        }
    }

    /** Lets the thread finish the page at hand while the database is open: it is not interrupted. */
    void stop() {
        beginNothing();
        thread.close();
    }

    /** A task that is handed over after the end is refused, with a trace. */
    private synchronized void beginNothing() {
        closing = true;
    }

    void close() throws IOException {
        stop();
        served = null;
        SearchIndex open = index;
        if (open != null) {
            index = null;
            open.close();
        }
    }
}
