package org.dailypapers;

import static org.awaitility.Awaitility.await;

import io.quarkus.arc.Arc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.matching.likeness.LearnedCatalogue;
import org.dailypapers.matching.search.PaperSearch;

/** The service as if it had just been started: empty tables, a clock set anew, nothing remembered from another test. */
@ApplicationScoped
public class FreshService {

    private final Database database;
    private final MovedClock clock;
    private final ScriptedSource source;

    FreshService(Database database, MovedClock clock, ScriptedSource source) {
        this.database = database;
        this.clock = clock;
        this.source = source;
    }

    /** Begins at that instant. */
    public void at(String instant) {
        database.empty();
        source.reset();
        clock.moveTo(instant);
        List.of(PaperSearch.class, EditionIndexes.class, LearnedCatalogue.class, Schedule.class)
                .forEach(FreshService::forget);
    }

    /** Search as after a restart: what it knows is what lies on disk. */
    public void restartSearch() {
        forget(PaperSearch.class);
        awaitSearch();
    }

    private static void forget(Class<?> remembers) {
        var container = Arc.container();
        container
                .getActiveContext(ApplicationScoped.class)
                .destroy(container.instance(remembers).getBean());
    }

    /** Returns when pages offer search, so that one answer looks like the next. */
    public void awaitSearch() {
        PaperSearch search = Arc.container().instance(PaperSearch.class).get();
        await().until(search::ready);
    }
}
