package org.dailypapers.digest.letter;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.Papers;
import org.dailypapers.token.Links;

/** What letters show of papers, whoever reads them: made once for all the letters of a day. */
@ApplicationScoped
class ShownPapers {

    private static final int MOST_CACHED = 5_000;

    /** So often all are read anew: a change that was committed after one with a higher revision is not seen before. */
    private static final Duration CACHED_FOR = Duration.ofMinutes(1);

    private final Papers papers;
    private final Links links;
    private volatile Cached cached = new Cached(-1, 0);

    ShownPapers(Papers papers, Links links) {
        this.papers = papers;
        this.links = links;
    }

    /**
     * A paper as letters show it.
     *
     * @param paper to look for a reader's words in
     * @param link where to read it
     */
    record Shown(Paper paper, URI link) {
        boolean maySend() {
            return paper.maySend();
        }

        boolean sample() {
            return paper.origin.equals(Paper.SAMPLE);
        }
    }

    /** Those that were read since the newest change. */
    private record Cached(long revision, long since, Map<Long, Shown> byId) {
        Cached(long revision, long since) {
            this(revision, since, new ConcurrentHashMap<>());
        }

        boolean serves(long newest) {
            return newest == revision && byId.size() < MOST_CACHED && System.nanoTime() - since < CACHED_FOR.toNanos();
        }
    }

    /**
     * Those of the papers that are still there, by id.
     *
     * @param revision of the newest change of a paper
     */
    Map<Long, Shown> of(Collection<Long> ids, long revision) {
        Cached current = cached;
        if (!current.serves(revision)) {
            current = new Cached(revision, System.nanoTime());
            cached = current;
        }
        var shown = new HashMap<Long, Shown>();
        for (Long id : ids) {
            Shown one = current.byId().get(id);
            if (one != null) {
                shown.put(id, one);
            }
        }
        if (shown.size() < ids.size()) {
            for (Paper paper : papers.byIds(
                    ids.stream().filter(id -> !shown.containsKey(id)).toList())) {
                Shown one = shown(paper);
                shown.put(paper.id, one);
                current.byId().put(paper.id, one);
            }
        }
        return shown;
    }

    private Shown shown(Paper paper) {
        URI page = links.page(paper.path());
        URI link = paper.link();
        return new Shown(paper, link == null ? page : link);
    }
}
