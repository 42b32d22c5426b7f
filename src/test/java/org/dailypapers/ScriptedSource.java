package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dailypapers.paper.PaperId;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.PaperSource;
import org.dailypapers.source.SourceException;

/** A source whose listings and votes a test writes; it lists a paper from its date on. */
@ApplicationScoped
public class ScriptedSource implements PaperSource {

    public static final String NAME = "scripted";

    private final List<PaperRecord> listed = new ArrayList<>();
    private final Map<PaperId, Votes> votes = new HashMap<>();
    private final Clock clock;
    private boolean down;
    private boolean breaks;

    ScriptedSource(Clock clock) {
        this.clock = clock;
    }

    public void reset() {
        listed.clear();
        votes.clear();
        down = false;
        breaks = false;
    }

    public void list(PaperRecord record) {
        listed.add(record);
    }

    public void vote(PaperId id, int count) {
        votes.put(id, new Votes(count, 0));
    }

    public void goDown() {
        down = true;
    }

    /** From now on a listing breaks off at its end. */
    public void breakAfterListing() {
        breaks = true;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        if (down) {
            throw new SourceException("scripted: down", null);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Stream<PaperRecord> records = List.copyOf(listed).stream()
                .filter(r -> r.listed() == null || !r.listed().isAfter(today));
        return breaks ? Stream.concat(records, Stream.generate(ScriptedSource::broken)) : records;
    }

    @Override
    public Map<PaperId, Votes> votes(Collection<PaperId> ids) {
        return down ? Map.of() : Map.copyOf(votes);
    }

    private static PaperRecord broken() {
        throw new SourceException.WhileStreaming(new SourceException("scripted: the line broke", null));
    }
}
