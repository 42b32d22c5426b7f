package org.dailypapers.edition;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.util.Optional;
import org.dailypapers.paper.Edition;
import org.dailypapers.paper.Editions;
import org.dailypapers.paper.Entries;
import org.dailypapers.paper.Paper;
import org.dailypapers.paper.PaperId;
import org.dailypapers.paper.Papers;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.Sources;
import org.jspecify.annotations.Nullable;

/** What the operator decides by hand about single papers. */
@ApplicationScoped
public class Curation {

    private final Papers papers;
    private final Editions editions;
    private final Entries entries;
    private final Sources sources;
    private final Intake intake;

    Curation(Papers papers, Editions editions, Entries entries, Sources sources, Intake intake) {
        this.papers = papers;
        this.editions = editions;
        this.entries = entries;
        this.sources = sources;
        this.intake = intake;
    }

    /** The paper of that identity, hidden or not. */
    public Optional<Paper> find(PaperId id) {
        return papers.findAny(id);
    }

    /**
     * Adds a paper to the open edition, as the first of the sources that knows it describes it; one that is here already
     * stays as it is.
     *
     * @return the paper; empty where no source knows it
     * @throws SourceException where none knows it and one did not answer
     */
    public Optional<Paper> add(PaperId id) throws SourceException {
        Optional<Paper> known = papers.findAny(id);
        if (known.isPresent()) {
            return known;
        }
        SourceException failure = null;
        for (PaperSource source : sources.enabled()) {
            try {
                Optional<PaperRecord> record = intake.find(source, id);
                if (record.isPresent()) {
                    intake.byHand(record.get());
                    return papers.findAny(record.get().id());
                }
            } catch (SourceException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /** Takes a paper out of pages, feeds, search and letters, or lets it in again; false where there is none. */
    @Transactional
    public boolean hide(PaperId id, boolean hidden) {
        @Nullable Paper paper = papers.findAny(id).orElse(null);
        if (paper == null) {
            return false;
        }
        if (paper.hidden != hidden) {
            paper.hidden = hidden;
            papers.touch(paper);
        }
        return true;
    }

    /** Keeps an edition from closing by itself, or lets it; false where it has closed already, or there is none. */
    @Transactional
    public boolean hold(LocalDate date, boolean held) {
        @Nullable Edition edition = editions.lock(date).orElse(null);
        if (edition == null || edition.closed()) {
            return false;
        }
        edition.held = held;
        return true;
    }

    /** Puts a paper at the head of an edition that it is in, or back into its place; false where it is not in it. */
    @Transactional
    public boolean pin(PaperId id, LocalDate date, boolean pinned) {
        Optional<Paper> paper = papers.findAny(id);
        Optional<Edition> edition = editions.find(date);
        if (paper.isEmpty() || edition.isEmpty() || !entries.pin(paper.get(), date, pinned)) {
            return false;
        }
        editions.touch(edition.get());
        return true;
    }
}
