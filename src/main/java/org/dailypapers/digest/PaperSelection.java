package org.dailypapers.digest;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

    /** Reads the papers that these lines name, all in one go. */
    void readLiked(Connection connection, List<String> lines) throws SQLException {
        indexes.readLiked(connection, lines);
    }

    /** The papers of the editions that count for a digest. */
    EditionIndex index(Turn.Compose turn, ClosedEditions editions) {
        return switch (turn.kind()) {
            case SCHEDULED -> indexes.lived(editions.countedAfter(turn.from(), turn.to()), turn.to());
            case MANUAL, WELCOME -> indexes.edition(turn.from().plusDays(1));
        };
    }

    /**
     * The papers for a reader, best first.
     *
     * @param learned lines beside those of the preferences
     */
    List<Chosen> choose(EditionIndex index, Preferences p, List<String> learned, Seen seen) {
        Picker picker = pickers.computeIfAbsent(index, Picker::new);
        List<String> lines = learned.isEmpty()
                ? p.interests()
                : Stream.concat(p.interests().stream(), learned.stream())
                        .distinct()
                        .toList();
        int count = picker.pick(lines, p.size(), p.fill(), p.minVotes(), seen::has);
        var chosen = new ArrayList<Chosen>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(Chosen.of(picker.candidate(i), picker.lines(i), picker.shared(i), picker.score(i)));
        }
        return chosen;
    }
}
