package org.dailypapers.source.arxiv;

import java.io.IOException;
import org.dailypapers.source.PaperRecord;

/** Takes the records of an answer or a file, in its order; what it throws ends the reading. */
public interface RecordTaker {

    /**
     * Decides what becomes of one.
     *
     * @throws IllegalArgumentException where it cannot be used; it is then rejected, and the others go on
     */
    default PaperRecord decide(Draft draft) throws IOException {
        return draft.paper();
    }

    /** Takes one. */
    void take(PaperRecord paper) throws IOException;

    /**
     * Told of one that cannot be used; the others go on.
     *
     * @param position of the record, from 1
     * @param reason why, in one line
     */
    void reject(long position, String reason) throws IOException;
}
