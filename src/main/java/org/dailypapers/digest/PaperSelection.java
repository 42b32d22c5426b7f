package org.dailypapers.digest;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dailypapers.digest.rules.ClosedEditions;
import org.dailypapers.digest.rules.Turn;
import org.dailypapers.matching.Picker;
import org.dailypapers.matching.index.EditionIndex;
import org.dailypapers.matching.index.EditionIndexes;
import org.dailypapers.subscriber.preference.Preferences;

/** Chooses the papers of one reader after another; keeps working space between them, so it serves one thread. */
final class PaperSelection {

    private final EditionIndexes indexes;
    private final Map<EditionIndex, Picker> pickers = new IdentityHashMap<>();

    PaperSelection(EditionIndexes indexes) {
        this.indexes = indexes;
    }

    /** The papers of the editions that count for a digest. */
    EditionIndex index(Turn.Compose turn, ClosedEditions editions) {
        return switch (turn.kind()) {
            case SCHEDULED -> indexes.lived(editions.countedAfter(turn.from(), turn.to()), turn.to());
            case MANUAL, WELCOME -> indexes.edition(turn.from().plusDays(1));
        };
    }

    /** The papers for a reader, best first. */
    List<Chosen> choose(EditionIndex index, Preferences p, Seen seen) {
        Picker picker = pickers.computeIfAbsent(index, Picker::new);
        int count = picker.pick(p.interests(), p.size(), p.fill(), p.minVotes(), seen::has);
        var chosen = new ArrayList<Chosen>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(Chosen.of(picker.candidate(i), picker.lines(i), picker.score(i)));
        }
        return chosen;
    }
}
