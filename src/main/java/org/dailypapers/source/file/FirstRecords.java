package org.dailypapers.source.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rejections of a file, held back until one record was read: a file of rubbish is one error, not a million. */
final class FirstRecords {
    private static final int MOST = 100;

    private final Consumer<Rejection> reject;
    private final List<Rejection> held = new ArrayList<>();
    private boolean passing;

    FirstRecords(Consumer<Rejection> reject) {
        this.reject = reject;
    }

    /** Notes that a record was read. */
    void accepted() {
        passing = true;
        flush();
    }

    /**
     * Notes a rejection.
     *
     * @throws UnreadableFileException where the file's first hundred records are all rejected
     */
    void rejected(Rejection rejection) throws UnreadableFileException {
        if (passing) {
            reject.accept(rejection);
            return;
        }
        held.add(rejection);
        if (held.size() == MOST) {
            throw new UnreadableFileException(
                    "none of its first " + MOST + " records can be read; the first is " + held.getFirst());
        }
    }

    /** Hands over what is held back. */
    void flush() {
        held.forEach(reject);
        held.clear();
    }
}
