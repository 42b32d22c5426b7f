package org.dailypapers.source.arxiv;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import org.dailypapers.source.PaperRecord;
import org.dailypapers.source.SourceException;
import org.dailypapers.source.SourceException.Trouble;

/**
 * The papers of several questions, one after the other, page by page as they are asked for. Where one of them fails the
 * others are asked all the same, and the failure is told at the end; but who does not want to be asked is asked nothing
 * more.
 */
final class Reading implements Iterator<PaperRecord> {
    private final Deque<Question> questions;
    private final Queue<PaperRecord> ready = new ArrayDeque<>();
    private SourceException failure;
    private volatile boolean stopped;

    /** What is asked for, in one page or several. */
    interface Question {
        /**
         * Asks for the next page and adds its papers.
         *
         * @return whether there may be another
         */
        boolean ask(Queue<PaperRecord> papers) throws SourceException;

        /** Who is asked: where one question waits in vain, none of the same is asked any more. */
        default Object server() {
            return this;
        }
    }

    /** Asks until there is a first paper, or none. */
    Reading(List<? extends Question> questions) throws SourceException {
        this.questions = new ArrayDeque<>(questions);
        fill();
        if (ready.isEmpty() && failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean hasNext() {
        try {
            fill();
        } catch (SourceException refused) {
            failure = refused;
            questions.clear();
        }
        if (!stopped && ready.isEmpty() && failure != null) {
            stopped = true;
            throw new SourceException.WhileStreaming(failure);
        }
        return !stopped && !ready.isEmpty();
    }

    @Override
    public PaperRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }

    /** Asks nothing more. */
    void stop() {
        stopped = true;
    }

    private void fill() throws SourceException {
        while (!stopped && ready.isEmpty() && !questions.isEmpty()) {
            try {
                if (!questions.element().ask(ready)) {
                    questions.remove();
                }
            } catch (SourceException failed) {
                Object server = questions.remove().server();
                if (failed.getCause() instanceof TimeoutException) {
                    questions.removeIf(question -> question.server().equals(server));
                }
                if (failed.trouble() == Trouble.BUSY || failed.trouble() == Trouble.FORBIDDEN) {
                    throw failed;
                }
                if (failure == null) {
                    failure = failed;
                } else {
                    failure.addSuppressed(failed);
                }
            }
        }
    }
}
