package org.dailypapers;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
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

/** A source whose listings and votes a test writes; enabled in the tests beside Hugging Face. */
@ApplicationScoped
public class ScriptedSource implements PaperSource {

    public static final String NAME = "scripted";

    private final List<PaperRecord> listed = new ArrayList<>();
    private final Map<PaperId, Votes> votes = new HashMap<>();
    private boolean down;

    public void reset() {
        listed.clear();
        votes.clear();
        down = false;
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

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Stream<PaperRecord> fetch(Instant since) throws SourceException {
        if (down) {
            throw new SourceException("scripted: down", null);
        }
        return List.copyOf(listed).stream();
    }

    @Override
    public Map<PaperId, Votes> votes(Collection<PaperId> ids) {
        return down ? Map.of() : Map.copyOf(votes);
    }
}
